package dev.sluice.backend.engine.write;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.Issue;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/** A worker's relation to a session: docs/rules.md, "Who owns a session". */
enum Ownership {
  OWNER,
  /** Lost by time; the session still waits, so the worker may re-attach. */
  LOST,
  /** Owned it at its end. */
  LAST_OWNER,
  NONE;

  static Ownership of(WriteStep step, SessionRecord session, Holder holder) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (!maySpeakFor(step, worker, holder.registeredBy())) {
      return NONE;
    }
    return switch (session.place()) {
      case CLAIMED -> names(holder, session.owner(), session.claim().token()) ? OWNER : NONE;
      case ENDED -> names(holder, session.owner(), session.claim().token()) ? LAST_OWNER : NONE;
      case READY, RETURNED, PARKED ->
          worker != null && lost(step, session, holder.workerId(), holder.token()) ? LOST : NONE;
      default -> NONE;
    };
  }

  static boolean lost(WriteStep step, SessionRecord session, String workerId, long token) {
    if (!session.contends()
        || !workerId.equals(session.returnInfo().lostBy())
        || (token != 0 && token != session.claim().token())) {
      return false;
    }
    Issue issue = step.state().issues().joined(session);
    return issue == null || issue.claimed() == null;
  }

  /**
   * The start of every owner's call: renews the lease, and accepts the claim or re-attaches.
   * Refuses others.
   *
   * @return if re-attached it is stored, if claimed not yet
   */
  static Acting act(WriteStep step, SessionRecord session, Holder holder) {
    Ownership ownership = of(step, session, holder);
    if (ownership == NONE) {
      throw notOwner(step, session);
    }
    return act(step, session, holder, ownership);
  }

  static Acting act(WriteStep step, SessionRecord session, Holder holder, Ownership ownership) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (worker != null) {
      step.signOfLife(worker);
    }
    return switch (ownership) {
      case LOST -> {
        accepted(step, worker, step.now());
        yield new Acting(reattach(step, session, holder.workerId()), true);
      }
      case OWNER -> {
        accepted(step, worker, session.claim().claimedAtMs());
        yield new Acting(session.signed(step.now()), false);
      }
      default -> new Acting(worker == null ? session : heardAfterStop(step, session), false);
    };
  }

  private static SessionRecord heardAfterStop(WriteStep step, SessionRecord session) {
    if (session.state() != SessionState.STOPPED) {
      return session;
    }
    SessionRecord heard = session.signed(step.now());
    step.store(heard);
    return heard;
  }

  /**
   * Gives a session to another worker, accepted.
   *
   * @param from the worker that had it
   * @param session as it becomes
   */
  static void handOver(WriteStep step, WorkerEntry worker, SessionRecord session, String from) {
    accepted(step, worker, step.now());
    step.put(session);
    step.event(session.id(), Event.Kind.TRANSFERRED, worker.record().id(), from);
    if (step.state().inbox(session.id()) != null) {
      step.hints().message(worker.record().id());
    }
  }

  static SessionRecord reattach(WriteStep step, SessionRecord session, String workerId) {
    SessionRecord claimed = session.reattach(workerId, step.newToken(), step.now());
    step.put(claimed);
    step.event(session.id(), Event.Kind.REATTACHED, workerId, null);
    if (step.state().inbox(session.id()) != null) {
      step.hints().message(workerId);
    }
    return claimed;
  }

  /** Accepts what was claimed at that time; clears no-shows. */
  static void accepted(WriteStep step, @Nullable WorkerEntry worker, long handedOutMs) {
    if (worker == null) {
      return;
    }
    WorkerRecord accepted = worker.record().accepted();
    if (accepted != worker.record()) {
      step.apply(new Change.PutWorker(accepted));
    }
    step.settleClaims(worker, handedOutMs);
  }

  /**
   * @param session not yet stored unless re-attached
   */
  record Acting(SessionRecord session, boolean reattached) {}

  static boolean maySpeakFor(
      WriteStep step, @Nullable WorkerEntry worker, @Nullable String registeredBy) {
    if (worker == null) {
      return registeredBy == null;
    }
    String credential = worker.record().registration().registeredBy();
    return !step.state().revoked(credential)
        && (registeredBy == null || registeredBy.equals(credential));
  }

  static RefusedException notOwner(WriteStep step, SessionRecord session) {
    boolean owned = session.claimed() || session.place() == Place.ENDED;
    return RefusedException.notOwner(session.id(), owned ? session.owner() : null);
  }

  private static boolean names(Holder holder, @Nullable String workerId, long token) {
    return holder.workerId().equals(workerId) && (holder.token() == 0 || holder.token() == token);
  }
}
