package dev.sluice.backend.engine.write;

import dev.sluice.backend.Refusal;
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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A worker's relation to a session: docs/rules.md, "Who owns a session". */
enum Ownership {
  OWNER,
  /** Lost by time; the session still waits, so the worker may re-attach. */
  LOST,
  /** Has replaced the worker that owns or has lost the session, and so takes it over. */
  SUCCESSOR,
  /** Has replaced the worker that owns it, and has been replaced itself: counts as the owner. */
  STAND_IN,
  /** Owned it at its end, or has replaced the worker that did. */
  LAST_OWNER,
  NONE;

  static Ownership of(WriteStep step, SessionRecord session, Holder holder) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    String named = holder.named();
    if (named != null && !hasReplaced(step, worker, named)) {
      throw step.refusal(Refusal.NOT_REPLACED, named);
    }
    if (!maySpeakFor(step, worker, holder.registeredBy())) {
      return NONE;
    }
    return switch (session.place()) {
      case CLAIMED -> claimed(step, session, holder);
      case ENDED -> owned(step, session, holder, LAST_OWNER, LAST_OWNER);
      case READY, RETURNED, PARKED -> lost(step, session, holder);
      default -> NONE;
    };
  }

  private static Ownership claimed(WriteStep step, SessionRecord session, Holder holder) {
    Ownership own = owned(step, session, holder, OWNER, session.inGrace() ? NONE : SUCCESSOR);
    return own == NONE && standsIn(step, session, holder) ? STAND_IN : own;
  }

  private static boolean standsIn(WriteStep step, SessionRecord session, Holder holder) {
    String owner = session.owner();
    WorkerEntry first = owner == null ? null : step.state().worker(owner);
    String latestId = first == null ? null : step.state().workers().successorOf(first.record());
    WorkerEntry latest = latestId == null ? null : step.state().worker(latestId);
    if (latest == null || !allows(holder, session)) {
      return false;
    }
    WorkerEntry worker = step.state().worker(holder.workerId());
    List<String> before = latest.record().holdings().predecessors();
    int at = before.indexOf(holder.workerId());
    int ownerAt = before.indexOf(owner);
    return at >= 0
        && (ownerAt < 0 || at < ownerAt)
        && (worker == null || latest.record().hasReplaced(worker.record()));
  }

  private static Ownership owned(
      WriteStep step, SessionRecord session, Holder holder, Ownership itself, Ownership successor) {
    String owner = session.owner();
    if (owner == null || !allows(holder, session)) {
      return NONE;
    } else if (holder.workerId().equals(owner)) {
      return itself;
    }
    return hasReplaced(step, step.state().worker(holder.workerId()), owner) ? successor : NONE;
  }

  private static Ownership lost(WriteStep step, SessionRecord session, Holder holder) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    String lostBy = session.returnInfo().lostBy();
    if (worker == null
        || lostBy == null
        || !allows(holder, session)
        || !lost(step, session, lostBy)) {
      return NONE;
    } else if (holder.workerId().equals(lostBy)) {
      return LOST;
    }
    return hasReplaced(step, worker, lostBy) ? SUCCESSOR : NONE;
  }

  static boolean lost(WriteStep step, SessionRecord session, String workerId) {
    if (!session.contends() || !workerId.equals(session.returnInfo().lostBy())) {
      return false;
    }
    Issue issue = step.state().issues().joined(session);
    return issue == null || issue.claimed() == null;
  }

  /**
   * The start of every owner's call: renews the lease, and accepts the claim, re-attaches it or
   * takes it over. Refuses others.
   *
   * @return the session, which is stored unless the claim was the worker's own
   */
  static Acting act(WriteStep step, SessionRecord session, Holder holder) {
    Ownership ownership = of(step, session, holder);
    if (ownership == NONE) {
      throw notOwner(step, session);
    }
    return act(step, session, holder, ownership);
  }

  static Acting act(WriteStep step, SessionRecord session, Holder holder, Ownership ownership) {
    if (ownership == STAND_IN) {
      Holder owner = new Holder(Objects.requireNonNull(session.owner()), null, holder.token());
      return act(step, session, owner, OWNER);
    }
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (worker != null) {
      step.signOfLife(worker);
    }
    return switch (ownership) {
      case LOST -> {
        accepted(step, worker, step.now());
        yield new Acting(reattach(step, session, holder.workerId()), true);
      }
      case SUCCESSOR -> new Acting(takeOver(step, Objects.requireNonNull(worker), session), true);
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

  /** Gives a session to a worker that has replaced the one that owns or has lost it. */
  static SessionRecord takeOver(WriteStep step, WorkerEntry worker, SessionRecord session) {
    String id = worker.record().id();
    long token = step.newToken();
    String from = session.claimed() ? session.owner() : session.returnInfo().lostBy();
    SessionRecord taken =
        session.claimed()
            ? session.transfer(id, token, step.now())
            : session.reattach(id, token, step.now());
    handOver(step, worker, taken, Objects.requireNonNull(from));
    return taken;
  }

  /**
   * True if the worker isn't retired itself, and the other one is a retired worker of the same
   * machine and credential, or a predecessor whose record is gone.
   */
  static boolean hasReplaced(WriteStep step, @Nullable WorkerEntry worker, String otherId) {
    if (worker == null || worker.record().retired()) {
      return false;
    }
    WorkerEntry other = step.state().worker(otherId);
    return other == null
        ? worker.record().holdings().predecessors().contains(otherId)
        : worker.record().hasReplaced(other.record());
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
   * @param reattached true if this call has claimed the session
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

  private static boolean allows(Holder holder, SessionRecord session) {
    return holder.token() == 0 || holder.token() == session.claim().token();
  }
}
