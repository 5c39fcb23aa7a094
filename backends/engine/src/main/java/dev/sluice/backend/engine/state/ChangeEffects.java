package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.ChangeTable;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.store.StoredBytes;
import java.util.HashMap;
import java.util.Map;

/** Says what each type of change does to a state, and whose bytes it changes. */
final class ChangeEffects {

  /** Does it. Can't fail; idempotent. */
  private interface Act<C extends Change> {
    void on(OrgState state, C change);
  }

  /** Returns the bytes of what it changes; asked before and after. */
  private interface Bytes<C extends Change> {
    long of(OrgState state, C change);
  }

  private record Effect<C extends Change>(Class<C> type, Act<C> act, Bytes<C> bytes) {

    void apply(OrgState state, Change change) {
      C mine = type.cast(change);
      long before = bytes.of(state, mine);
      act.on(state, mine);
      state.grow(bytes.of(state, mine) - before);
    }
  }

  private static final ChangeTable<Effect<?>> TABLE = new ChangeEffects().table();

  private final Map<Class<? extends Change>, Effect<?>> effects = new HashMap<>();

  private ChangeEffects() {}

  /** Updates the indexes too. */
  static void apply(OrgState state, Change change) {
    TABLE.of(change).apply(state, change);
  }

  private <C extends Change> void on(Class<C> type, Act<C> act) {
    on(type, act, (state, change) -> 0);
  }

  private <C extends Change> void on(Class<C> type, Act<C> act, Bytes<C> bytes) {
    effects.put(type, new Effect<>(type, act, bytes));
  }

  private ChangeTable<Effect<?>> table() {
    org();
    sessions();
    workers();
    messages();
    lists();
    return new ChangeTable<>(effects);
  }

  private void org() {
    on(Change.PutCounters.class, (state, put) -> state.counters = put.counters());
    on(Change.PutNodes.class, (state, put) -> state.nodes = put.nodes());
    on(Change.PutQueue.class, (state, put) -> state.put(put.queue()));
    on(Change.NoteRevoked.class, (state, note) -> state.revoked.add(note.keyId()));
    on(Change.PutClosure.class, (state, put) -> state.closure = put.closure());
  }

  private void sessions() {
    on(
        Change.PutSession.class,
        (state, put) -> state.put(put.session()),
        (state, put) -> state.bytesOf(put.session().id()));
    on(
        Change.MoveOut.class,
        (state, move) -> state.moveOut(move.session()),
        (state, move) -> state.bytesOf(move.session().id()));
    on(
        Change.RemoveSession.class,
        (state, remove) -> state.removeSession(remove.sessionId()),
        (state, remove) -> state.bytesOf(remove.sessionId()));
    on(Change.AddEvent.class, OrgState::add);
    on(Change.PutTimeline.class, OrgState::put);
    on(Change.AddActivity.class, OrgState::add, (state, add) -> state.bytesOf(add.sessionId()));
    on(Change.PutActivities.class, OrgState::put, (state, put) -> state.bytesOf(put.sessionId()));
    on(
        Change.ToWrite.class,
        (state, write) -> state.outbox.toWrite(write.sessionId(), write.record()));
    on(
        Change.NoteWritten.class,
        (state, note) -> state.outbox.written(note.sessionId(), note.record(), note.atMs()));
  }

  private void workers() {
    on(
        Change.PutWorker.class,
        (state, put) -> state.put(put.worker()),
        (state, put) -> worker(state, put.worker().id()));
    on(
        Change.RemoveWorker.class,
        (state, remove) -> state.removeWorker(remove.workerId()),
        (state, remove) -> worker(state, remove.workerId()));
    on(Change.PutLiveness.class, (state, put) -> state.put(put.workerId(), put.liveness()));
  }

  private void messages() {
    on(
        Change.PutMessage.class,
        (state, put) -> state.put(put.message()),
        (state, put) -> inbox(state, put.message().sessionId()));
    on(
        Change.RemoveMessage.class,
        (state, remove) -> state.remove(remove.message()),
        (state, remove) -> inbox(state, remove.message().sessionId()));
    on(
        Change.ClearInbox.class,
        (state, clear) -> state.clearInbox(clear.sessionId()),
        (state, clear) -> inbox(state, clear.sessionId()));
    on(Change.AddAcked.class, OrgState::add);
    on(Change.PutAcked.class, OrgState::put);
    on(
        Change.PutArchive.class,
        (state, put) -> state.archives.put(put.archive()),
        (state, put) -> archive(state, put.archive().sessionId()));
    on(
        Change.RemoveArchive.class,
        (state, remove) -> state.archives.remove(remove.sessionId()),
        (state, remove) -> archive(state, remove.sessionId()));
  }

  private void lists() {
    on(
        Change.PutAnswer.class,
        (state, put) -> state.answers.put(put.answer()),
        (state, put) -> state.answers.bytes(put.answer().key()));
    on(
        Change.RemoveAnswers.class,
        (state, remove) -> state.answers.remove(remove.key()),
        (state, remove) -> state.answers.bytes(remove.key()));
    on(Change.PutCall.class, (state, put) -> state.calls.put(put));
    on(
        Change.PutJob.class,
        (state, put) -> state.jobs.put(put.job()),
        (state, put) -> job(state, put.job().id()));
    on(
        Change.RemoveJob.class,
        (state, remove) -> state.jobs.remove(remove.jobId()),
        (state, remove) -> job(state, remove.jobId()));
    on(Change.AddAudit.class, (state, add) -> state.audit.add(add.line()));
    on(Change.RemoveAudit.class, (state, remove) -> state.audit.remove(remove.id()));
    on(Change.LogEvent.class, (state, log) -> state.events.add(log.event()));
    on(Change.DropEvents.class, (state, drop) -> state.events.drop(drop.upTo()));
    on(Change.PutStopOrder.class, (state, put) -> state.stopOrders.put(put.order()));
    on(Change.RemoveStopOrder.class, (state, remove) -> state.stopOrders.remove(remove.id()));
    on(
        Change.PutFinding.class,
        (state, put) -> state.findings.put(put.finding().finding().key(), put.finding()));
    on(Change.RemoveFinding.class, (state, remove) -> state.findings.remove(remove.key()));
    on(
        Change.PutNotice.class,
        (state, put) -> state.notices.put(put.notice().notice().id(), put.notice()));
    on(Change.RemoveNotice.class, (state, remove) -> state.notices.remove(remove.id()));
    on(Change.PutFigures.class, (state, put) -> state.figures.put(put.bucket()));
    on(Change.RemoveFigures.class, (state, remove) -> state.figures.remove(remove.startMs()));
    on(
        Change.CountCause.class,
        (state, count) -> state.figures.count(count.project(), count.cause(), count.atMs()));
  }

  private static long inbox(OrgState state, String sessionId) {
    Inbox inbox = state.inbox(sessionId);
    return inbox == null ? 0 : inbox.bytes();
  }

  private static long worker(OrgState state, String id) {
    WorkerEntry worker = state.worker(id);
    return worker == null
        ? 0
        : StoredBytes.of(worker.record().registration())
            + StoredBytes.ofQuota(worker.record().quota());
  }

  private static long archive(OrgState state, String sessionId) {
    ArchiveRecord archive = state.archives().find(sessionId);
    return archive == null ? 0 : archive.bytes();
  }

  private static long job(OrgState state, String id) {
    JobRecord job = state.jobs().find(id);
    return job == null ? 0 : job.bytes();
  }
}
