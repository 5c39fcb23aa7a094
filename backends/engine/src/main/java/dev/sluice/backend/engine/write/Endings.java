package dev.sluice.backend.engine.write;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.work.DeadReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ends of claims: docs/rules.md, "The end of a session" and "Coming back". */
final class Endings {

  private Endings() {}

  static void end(WriteStep step, SessionRecord ended, @Nullable Failure failure) {
    putOver(step, ended, true);
    String how = ended.state().wire() + (failure == null ? "" : Event.CAUSE + failure.cause());
    step.event(ended.id(), Event.Kind.ENDED, ended.owner(), how);
  }

  /** Requeues a claimed session whose run failed, or makes it a dead letter. */
  static void fail(WriteStep step, SessionRecord claimed, StatusReport report, Failure failure) {
    String owner = requireNonNull(claimed.owner());
    Remedy remedy = failure.remedy();
    SessionRecord failed = claimed.failed(owner, report, remedy, step.rules(), step.now());
    step.event(claimed.id(), Event.Kind.RETURNED, owner, failure.line());
    DeadReason reason = whyDead(step, failed);
    if (reason == null
        && remedy == Remedy.ELSEWHERE
        && failed.nacks() >= step.rules().tries().maxNacks()) {
      reason = DeadReason.MAX_NACKS;
    }
    if (reason == null) {
      charge(step, failed);
      step.put(remedy == Remedy.LATER ? later(step, failed) : failed);
    } else {
      die(step, failed, reason, true, owner);
    }
  }

  private static SessionRecord later(WriteStep step, SessionRecord failed) {
    return failed.until(step.now() + step.rules().nackBackoffMs(failed.attempts()));
  }

  /**
   * Notes for its worker how a run ended. A machine that fails again and again is quarantined.
   *
   * @param session before the end
   * @param failure null if it ended otherwise
   */
  static void noteRun(WriteStep step, SessionRecord session, @Nullable Failure failure) {
    String owner = session.owner();
    WorkerEntry worker = owner == null ? null : step.state().worker(owner);
    if (worker == null) {
      return;
    }
    WorkerRecord before = worker.record();
    WorkerRecord after =
        failure != null && failure.machine()
            ? before.failed(step.now(), step.rules().tries(), failure.cause(), session.nacks() > 0)
            : before.ran(step.now());
    if (after != before) {
      step.apply(new Change.PutWorker(after));
    }
    if (after.quarantinedUntilMs() != before.quarantinedUntilMs()) {
      step.settleClaims(worker, step.now());
    }
  }

  static void endUnclaimed(WriteStep step, SessionRecord ended) {
    putOver(step, ended, false);
    step.event(ended.id(), Event.Kind.ENDED, null, ended.state().wire());
  }

  /**
   * @param why a detail of {@link Event.Kind#RELEASED}
   */
  static SessionRecord release(WriteStep step, SessionRecord claimed, @Nullable String why) {
    SessionRecord released = claimed.release(step.now());
    putOver(step, released, true);
    step.event(released.id(), Event.Kind.RELEASED, released.owner(), why);
    return released;
  }

  static void die(
      WriteStep step,
      SessionRecord session,
      DeadReason reason,
      boolean wasClaimed,
      @Nullable String owner) {
    putOver(step, session.die(reason, step.now()), wasClaimed);
    step.event(session.id(), Event.Kind.DEAD, owner, reason.wire());
  }

  /**
   * Requeues a claimed session, or makes it a dead letter.
   *
   * @param returned as it would wait
   */
  static void requeue(WriteStep step, SessionRecord claimed, SessionRecord returned) {
    DeadReason reason = whyDead(step, returned);
    if (reason == null) {
      step.put(returned);
    } else {
      die(step, returned, reason, true, claimed.owner());
    }
  }

  /** Takes a claim from a worker that was silent. */
  static void loseLease(WriteStep step, SessionRecord claimed) {
    step.event(claimed.id(), Event.Kind.LEASE_LOST, claimed.owner(), null);
    requeue(step, claimed, claimed.lose(step.now()));
  }

  /** Takes a claim from a worker that did not accept it, which may count as a no-show. */
  static void missAccept(WriteStep step, SessionRecord claimed, @Nullable String detail) {
    step.event(claimed.id(), Event.Kind.ACCEPT_MISSED, claimed.owner(), detail);
    requeue(step, claimed, claimed.lose(step.now()));
    String owner = claimed.owner();
    WorkerEntry worker = owner == null ? null : step.state().worker(owner);
    if (worker != null) {
      noShow(step, worker, claimed.claim().claimedAtMs());
    }
  }

  /** Counts a missed poll answer once; quarantines the worker at the limit. */
  private static void noShow(WriteStep step, WorkerEntry entry, long handedOutMs) {
    if (handedOutMs <= entry.liveness().settledUntilMs()
        || handedOutMs <= step.outageEndMs()
        || !step.state().nodes().delivered(handedOutMs)) {
      return;
    }
    Rules.Tries tries = step.rules().tries();
    WorkerRecord worker = entry.record();
    int count = worker.noShows() + 1;
    boolean quarantines = count >= tries.noShows();
    step.settleClaims(entry, quarantines ? step.now() : handedOutMs);
    step.apply(
        new Change.PutWorker(
            quarantines
                ? worker.quarantined(step.now() + tries.quarantineMs(worker.quarantines()))
                : worker.withNoShows(count)));
  }

  private static @Nullable DeadReason whyDead(WriteStep step, SessionRecord returned) {
    Rules.Tries tries = step.rules().tries();
    if (returned.attempts() >= tries.maxAttempts()) {
      return DeadReason.MAX_ATTEMPTS;
    }
    if (returned.returnInfo().nackers().size() >= tries.maxNacks()) {
      return DeadReason.MAX_NACKS;
    }
    return returned.deadlineMs() > 0 && returned.deadlineMs() <= step.now()
        ? DeadReason.DEADLINE
        : null;
  }

  private static void putOver(WriteStep step, SessionRecord over, boolean wasClaimed) {
    if (wasClaimed) {
      charge(step, over);
    }
    step.put(over);
    archive(step, over.id());
  }

  private static void charge(WriteStep step, SessionRecord session) {
    ProjectWork project = step.state().work().project(session.project());
    if (project != null && project.queue().limits().dailyBudgetMicroUsd() != null) {
      QueueRecord charged = project.queue().charged(session.claim().costMicroUsd(), step.now());
      if (!charged.equals(project.queue())) {
        step.put(charged);
      }
    }
  }

  private static void archive(WriteStep step, String sessionId) {
    Inbox inbox = step.state().inbox(sessionId);
    if (inbox == null) {
      return;
    }
    List<MessageRecord> unread = new ArrayList<>();
    for (MessageRecord message : inbox.all()) {
      if (message.type() == MessageType.STOP) {
        step.discard(OrgReply.Stored.TEXT, sessionId, message.text());
      } else {
        unread.add(message);
      }
    }
    if (!unread.isEmpty()) {
      ArchiveRecord before = step.state().archives().find(sessionId);
      if (before != null) {
        RetentionSweep.remove(step, before);
      }
      step.apply(new Change.PutArchive(new ArchiveRecord(sessionId, step.now(), unread)));
    }
    step.apply(new Change.ClearInbox(sessionId));
  }
}
