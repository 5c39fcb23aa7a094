package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.ReadStep;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operation under way, and its changes so far, which are all that a copy of the state needs. */
public final class WriteStep extends ReadStep {

  private static final Logger LOG = LoggerFactory.getLogger(WriteStep.class);

  /** Far below the age at which orphans are deleted. */
  private static final long TEXT_GOOD_MS = 30_000;

  private final Rules.Bounds bounds;
  private final StepHints hints;
  private final EventWriter events;
  private final List<Change> changes = new ArrayList<>(4);
  private final List<OrgReply.Garbage> garbage = new ArrayList<>(0);
  private final Set<String> ended = new LinkedHashSet<>(0);
  private final Set<String> leftWorkers = new LinkedHashSet<>(0);
  private boolean changed;
  private long seq;
  private long token;
  private long lastSweepMs;
  private long gapEndMs;
  private long frontMs;
  private boolean droppedEvents;

  /**
   * @param clockMs epoch ms; see {@link StoredTime#next}
   * @param bounds of the rules, or of the memory of the node
   */
  public WriteStep(
      OrgState state, Rules rules, long clockMs, List<OrgCall.Loaded> loaded, Rules.Bounds bounds) {
    super(state, rules, clockMs, loaded);
    this.bounds = bounds;
    hints = new StepHints(state);
    events = new EventWriter(this);
    Counters counters = state.counters();
    seq = counters.seq();
    token = counters.token();
    lastSweepMs = counters.lastSweepMs();
    gapEndMs = counters.gapEndMs();
    frontMs = counters.frontMs();
  }

  /** Never throws: changes that were applied must reach the copies. */
  public OrgReply run(Operation<?> operation) {
    Object value = null;
    OrgReply.Refused refused = null;
    String broken = null;
    List<OrgReply.Needed> needed = List.of();
    try {
      value =
          operation instanceof ReadOperation<?> read
              ? read.run(this)
              : write((WriteOperation<?>) operation);
    } catch (RefusedException e) {
      refused = new OrgReply.Refused(e.refusal(), String.valueOf(e.getMessage()), e.owner());
    } catch (NeedsRecords e) {
      needed = e.needed();
    } catch (RuntimeException e) {
      LOG.error("operation {} broke", operation, e);
      broken = operation.getClass().getSimpleName() + ": " + e;
    }
    finish();
    return new OrgReply(
        state.counters().seq(), value, refused, broken, garbage, damaged, needed, hints.all());
  }

  private Object write(WriteOperation<?> operation) {
    if (standingClosure() != null && !operation.passesClosure()) {
      throw refusal(Refusal.CLOSED, "");
    }
    return operation.run(this);
  }

  public List<Change> changes() {
    return changes;
  }

  public long seq() {
    return seq + 1;
  }

  long lastSweepMs() {
    return lastSweepMs;
  }

  long gapEndMs() {
    return gapEndMs;
  }

  StepHints hints() {
    return hints;
  }

  EventWriter events() {
    return events;
  }

  public void apply(Change change) {
    events.note(change);
    changed = true;
    applyInternal(change);
  }

  /** Doesn't advance the sequence number. */
  public void applyInternal(Change change) {
    state.apply(change);
    changes.add(change);
  }

  /** Puts the counters too, which a journal keeps in the row of an event. */
  public void dropEvents(long from, long upTo) {
    applyInternal(new Change.DropEvents(from, upTo));
    droppedEvents = true;
  }

  /**
   * Refuses a text stored too long ago. Both are clock times: the org's stored time may be ahead.
   */
  public void requireFresh(long storedMs) {
    if (clockMs - storedMs > TEXT_GOOD_MS) {
      throw refusal(Refusal.RETRY, "");
    }
  }

  /** Refuses a session in another place. */
  SessionRecord sessionIn(Set<Place> from, String id) {
    SessionRecord session = session(id);
    if (!from.contains(session.place())) {
      throw wrongState(session);
    }
    return session;
  }

  boolean isOneTooMany(String project) {
    return state.work().project(project) == null
        && state.work().projectNames().size() >= rules.bounds().maxProjects();
  }

  void requireProject(String project) {
    if (isOneTooMany(project)) {
      throw refusal(Refusal.TOO_MANY_PROJECTS, project);
    }
  }

  boolean isFullForWork(long more) {
    return state.bytes() + more > bounds.maxWorkBytes();
  }

  /** Checks room for anything but work. */
  void requireBytes(long more) {
    if (state.bytes() + more > bounds.maxAllBytes()) {
      throw refusal(Refusal.STORE_FULL, "");
    }
  }

  /** Refuses a copy far beyond the bounds, which would end the process. */
  public void requireMemory() {
    if (state.bytes() / 2 > bounds.maxAllBytes()) {
      throw refusal(Refusal.STORE_FULL, "");
    }
  }

  /** Bytes by which retention must be cut short; not positive if there is room. */
  long pressure() {
    return state.bytes() - bounds.pressedBytes();
  }

  /** Writes none if {@code note} is null, for a worker's own act. */
  public void audit(@Nullable AuditNote note, AuditAct act) {
    if (note != null) {
      addAudit(note, act);
    }
  }

  /** Adds a line, or counts a repeat of the latest. */
  AuditLine addAudit(AuditNote note, AuditAct act) {
    AuditLine latest = state.audit().latest();
    AuditLine again = latest == null ? null : latest.again(nowMs, note, act);
    AuditLine line = again == null ? AuditLine.of(seq(), nowMs, note, act) : again;
    apply(new Change.AddAudit(line));
    return line;
  }

  void advanceSeq() {
    if (changed) {
      seq++;
      changed = false;
    }
  }

  /** Placed by its issue; moves others of the issue. */
  void put(SessionRecord session) {
    store(session.contends() ? Contention.placed(this, session) : session);
    Contention.settle(this, session);
  }

  /** Doesn't look at its issue. */
  void store(SessionRecord session) {
    open(session.id());
    SessionRecord before =
        state.session(session.id()) instanceof SessionRecord record ? record : null;
    hints.before(before, session);
    String owner = before == null || !before.claimed() ? null : before.owner();
    if (owner != null && !(session.claimed() && owner.equals(session.owner()))) {
      leftWorkers.add(owner);
    }
    apply(new Change.PutSession(session));
    if (session.place() == Place.ENDED) {
      ended.add(session.id());
    }
  }

  void event(String sessionId, Event.Kind kind, @Nullable String worker, @Nullable String detail) {
    open(sessionId);
    SessionLog<Event> timeline = state.timeline(sessionId);
    long number = timeline == null ? 1 : timeline.count() + 1;
    Event event = new Event(seq(), nowMs, kind, worker, detail);
    apply(new Change.AddEvent(sessionId, number, event, rules.kept().events()));
    events.line(sessionId, event);
  }

  void activity(String sessionId, ActivityRecord activity) {
    open(sessionId);
    int keep = rules.kept().activities();
    List<ActivityRecord> lines = activities(sessionId);
    for (int i = 0; i <= lines.size() - keep; i++) {
      discard(OrgReply.Stored.ACTIVITY, sessionId, lines.get(i).text());
    }
    apply(new Change.AddActivity(sessionId, activity, keep));
  }

  /** Moves an ended session back into the state for a change, and drops its written record. */
  private void open(String id) {
    SessionSlot slot = state.session(id);
    if (slot instanceof MovedSession moved) {
      FinalRecord record = load(moved);
      if (record == null) {
        return;
      }
      discard(OrgReply.Stored.RECORD, id, moved.record());
      apply(new Change.PutSession(record.session()));
      if (record.eventCount() > 0) {
        apply(new Change.PutTimeline(id, record.eventCount(), record.events()));
      }
      if (!record.activities().isEmpty()) {
        apply(new Change.PutActivities(id, record.activities()));
      }
      if (record.ackedCount() > 0) {
        apply(new Change.PutAcked(id, record.ackedCount(), record.acked()));
      }
      ended.add(id);
    } else if (slot instanceof SessionRecord session && session.place() == Place.ENDED) {
      Outbox.Written written = ended.add(id) ? state.outbox().written(id) : null;
      if (written != null) {
        discard(OrgReply.Stored.RECORD, id, written.record());
      }
    }
  }

  void signOfLife(WorkerEntry worker) {
    apply(
        new Change.PutLiveness(
            worker.record().id(), worker.liveness().seen(nowMs, rules.leaseMs())));
  }

  /** They no longer count as no-shows. */
  void settleClaims(WorkerEntry worker, long untilMs) {
    Liveness settled = worker.liveness().settled(untilMs);
    if (settled != worker.liveness()) {
      apply(new Change.PutLiveness(worker.record().id(), settled));
    }
  }

  void put(QueueRecord queue) {
    hints.queue(queue.project());
    apply(new Change.PutQueue(queue));
  }

  public void discard(OrgReply.Stored kind, String sessionId, long name) {
    if (name != 0) {
      garbage.add(new OrgReply.Garbage(kind, sessionId, name));
    }
  }

  /** Makes all changes so far internal. */
  public void takeNoNumber() {
    changed = false;
  }

  /** Lets waiting polls of a worker look again. */
  public void wake(String workerId) {
    hints.slot(workerId);
  }

  /** Has the record written of a session that was put as an ended one. */
  public void noteEnded(String sessionId) {
    ended.add(sessionId);
  }

  /** Keeps the larger numbers, but takes the time of the last sweep. */
  public void adopt(Counters other) {
    Counters own = state.counters();
    seq = Math.max(own.seq(), other.seq());
    token = Math.max(own.token(), other.token());
    lastSweepMs = other.lastSweepMs();
    gapEndMs = Math.max(own.gapEndMs(), other.gapEndMs());
    frontMs = Math.max(own.frontMs(), other.frontMs());
    long latestMs = Math.max(own.nowMs(), other.nowMs());
    applyInternal(
        new Change.PutCounters(new Counters(seq, token, latestMs, lastSweepMs, gapEndMs, frontMs)));
  }

  long newToken() {
    token = Math.max(token + 1, nowMs * 1024);
    return token;
  }

  long newFront() {
    frontMs = Math.max(frontMs + 1, nowMs);
    return frontMs;
  }

  void takeClock() {
    nowMs = clockMs;
    lastSweepMs = nowMs;
    gapEndMs = nowMs;
  }

  long aheadMs() {
    return nowMs - clockMs;
  }

  void stampSweep(String node) {
    gapEndMs = outageEndMs();
    lastSweepMs = nowMs;
    applyInternal(new Change.PutNodes(state.nodes().sweptBy(node, nowMs, rules.outageGapMs())));
  }

  /** End of the last outage; now if nothing swept for a while. */
  public long outageEndMs() {
    boolean gap = lastSweepMs == 0 || nowMs - lastSweepMs > rules.outageGapMs();
    return gap ? nowMs : gapEndMs;
  }

  public void removeWorker(String id) {
    BatchOperations.dropHolder(this, id);
    hints.slot(id);
    apply(new Change.RemoveWorker(id));
  }

  void removeRetired() {
    for (String id : leftWorkers) {
      WorkerEntry worker = state.worker(id);
      if (worker != null
          && worker.record().retired()
          && state.workerClaims(id).activeCount() == 0) {
        removeWorker(id);
      }
    }
    leftWorkers.clear();
  }

  private void finish() {
    removeRetired();
    advanceSeq();
    for (String id : ended) {
      if (state.session(id) instanceof SessionRecord session && session.place() == Place.ENDED) {
        applyInternal(new Change.ToWrite(id, seq));
      }
    }
    Counters before = state.counters();
    if (droppedEvents
        || seq != before.seq()
        || lastSweepMs != before.lastSweepMs()
        || gapEndMs != before.gapEndMs()) {
      applyInternal(
          new Change.PutCounters(new Counters(seq, token, nowMs, lastSweepMs, gapEndMs, frontMs)));
    }
  }
}
