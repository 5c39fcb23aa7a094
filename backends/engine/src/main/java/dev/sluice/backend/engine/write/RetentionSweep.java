package dev.sluice.backend.engine.write;

import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.AuditTrail;
import dev.sluice.backend.engine.state.IdempotentAnswers;
import dev.sluice.backend.engine.state.LoggedEvents;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.stops.StopOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Deletes what was kept long enough, the oldest first; returns the number. */
public final class RetentionSweep {

  private final WriteStep step;
  private final Rules.Kept kept;
  private final int most;

  RetentionSweep(WriteStep step) {
    this.step = step;
    kept = step.rules().kept();
    most = step.rules().dueStep();
  }

  int ended() {
    RankedSet ended = step.state().ended();
    long before = step.now() - kept.endedMs();
    long surplus = kept.maxEnded() == 0 ? 0 : ended.size() - kept.maxEnded();
    long pressure = step.pressure();
    if (ended.isEmpty() || (surplus <= 0 && pressure <= 0 && ended.firstNumber() > before)) {
      return 0;
    }
    List<String> ids = new ArrayList<>();
    AtomicLong freed = new AtomicLong();
    ended.visit(
        (endedAt, id) -> {
          if (endedAt > before && ids.size() >= surplus && freed.get() >= pressure) {
            return false;
          }
          if (step.state().session(id) instanceof MovedSession || step.indexed(id) != null) {
            ids.add(id);
            freed.addAndGet(step.state().bytesOf(id));
          }
          return ids.size() < most;
        });
    ids.forEach(this::remove);
    return ids.size();
  }

  int dead() {
    List<String> ids =
        old(step.state().dead(), kept.deadMs(), id -> step.indexed(id) != null, null);
    ids.forEach(this::remove);
    return ids.size();
  }

  int archives() {
    List<String> ids =
        old(step.state().archives().byTime(), kept.archiveMs(), id -> true, this::archived);
    for (String id : ids) {
      ArchiveRecord archive = step.state().archives().find(id);
      if (archive != null) {
        remove(step, archive);
      }
    }
    return ids.size();
  }

  int answers() {
    IdempotentAnswers answers = step.state().answers();
    List<String> keys = old(answers.byEnd(), 0, key -> true, answers::bytes);
    int surplus = answers.byEnd().size() - step.rules().bounds().maxKeys();
    if (keys.size() < Math.min(surplus, most)) {
      keys = first(answers.byEnd(), Math.min(surplus, most));
    }
    keys.forEach(key -> step.apply(new Change.RemoveAnswers(key)));
    return keys.size();
  }

  /** Silent for too long, without a claim. */
  int workers() {
    List<String> ids =
        old(
            step.state().workers().silent(),
            kept.silentWorkerMs(),
            id -> step.state().workerClaims(id).activeCount() == 0,
            null);
    ids.forEach(step::removeWorker);
    return ids.size();
  }

  int jobs() {
    List<String> ids = old(step.state().jobs().over(), kept.endedMs(), id -> true, this::ofJob);
    for (String id : ids) {
      JobRecord job = step.state().jobs().find(id);
      if (job != null) {
        step.discard(OrgReply.Stored.JOB, id, job.item());
      }
      step.apply(new Change.RemoveJob(id));
    }
    return ids.size();
  }

  /** Too old; then, if too many, those of the actor with the most. */
  int audit() {
    AuditTrail returnInfo = step.state().audit();
    int gone = 0;
    for (AuditLine oldest = returnInfo.oldest();
        oldest != null && gone < most;
        oldest = returnInfo.oldest()) {
      boolean old = oldest.lastAtMs() + kept.auditMs() <= step.now();
      if (!old && returnInfo.size() <= kept.maxAudit()) {
        break;
      }
      step.apply(new Change.RemoveAudit(old ? oldest.id() : returnInfo.oldestOfBusiest()));
      gone++;
    }
    return gone;
  }

  /** Drops old events. They aren't counted among what was pruned. */
  void events() {
    LoggedEvents log = step.state().events();
    long before = step.now() - kept.loggedMs();
    long end = Math.min(log.latest(), log.oldest() + EventLog.MAX_PAGE - 1);
    long upTo = log.oldest() - 1;
    while (upTo < end && log.get(upTo + 1).atMs() <= before) {
      upTo++;
    }
    if (upTo >= log.oldest()) {
      step.dropEvents(log.oldest(), upTo);
    }
  }

  int stopOrders() {
    RankedSet byTime = step.state().stopOrders().byTime();
    long before = step.now() - kept.endedMs();
    int surplus = byTime.size() - StopOrders.MAX_KEPT;
    List<String> ids = new ArrayList<>(0);
    byTime.visit(
        (atMs, id) -> {
          if (atMs > before && ids.size() >= surplus) {
            return false;
          }
          ids.add(id);
          return ids.size() < most;
        });
    ids.forEach(id -> step.apply(new Change.RemoveStopOrder(id)));
    return ids.size();
  }

  private void remove(String id) {
    SessionSlot slot = step.state().session(id);
    if (slot instanceof SessionRecord session) {
      remove(step, session);
    } else if (slot instanceof MovedSession moved) {
      remove(step, moved);
    }
  }

  public static void remove(WriteStep step, SessionRecord session) {
    step.discard(OrgReply.Stored.ITEM, session.id(), session.payload());
    for (ActivityRecord activity : step.activities(session.id())) {
      step.discard(OrgReply.Stored.ACTIVITY, session.id(), activity.text());
    }
    Outbox.Written written = step.state().outbox().written(session.id());
    if (written != null) {
      step.discard(OrgReply.Stored.RECORD, session.id(), written.record());
    }
    step.apply(new Change.RemoveSession(session.id()));
  }

  public static void remove(WriteStep step, MovedSession session) {
    step.discard(OrgReply.Stored.RECORD_WITH_ALL, session.id(), session.record());
    step.discard(OrgReply.Stored.ITEM, session.id(), session.payload());
    step.apply(new Change.RemoveSession(session.id()));
  }

  public static void remove(WriteStep step, ArchiveRecord archive) {
    for (MessageRecord message : archive.messages()) {
      step.discard(OrgReply.Stored.TEXT, message.sessionId(), message.text());
    }
    step.apply(new Change.RemoveArchive(archive.sessionId()));
  }

  private long archived(String id) {
    ArchiveRecord archive = step.state().archives().find(id);
    return archive == null ? 0 : archive.bytes();
  }

  private long ofJob(String id) {
    JobRecord job = step.state().jobs().find(id);
    return job == null ? 0 : job.bytes();
  }

  private static List<String> first(RankedSet order, int count) {
    List<String> ids = new ArrayList<>(count);
    order.visit(
        (number, id) -> {
          ids.add(id);
          return ids.size() < count;
        });
    return ids;
  }

  /**
   * @param bytesOf size of one, if deleted early when bytes are short
   */
  private List<String> old(
      RankedSet byTime,
      long keptMs,
      Predicate<String> mayGo,
      @Nullable ToLongFunction<String> bytesOf) {
    long pressure = bytesOf == null ? 0 : step.pressure();
    if (byTime.isEmpty() || (pressure <= 0 && byTime.firstNumber() + keptMs > step.now())) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    AtomicLong freed = new AtomicLong();
    byTime.visit(
        (time, id) -> {
          if (time + keptMs > step.now() && freed.get() >= pressure) {
            return false;
          }
          if (mayGo.test(id)) {
            ids.add(id);
            freed.addAndGet(bytesOf == null ? 0 : bytesOf.applyAsLong(id));
          }
          return ids.size() < most;
        });
    return ids;
  }
}
