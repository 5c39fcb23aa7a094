package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.SessionState;
import org.jspecify.annotations.Nullable;

/** What a holder is to a session: docs/rules.md, "Who owns a session". */
enum Ownership {
  /** It owns the claim. */
  OWNER,
  /** It lost its claim by time, and the session still waits for anybody: it may re-attach. */
  LOST,
  /** It owned the session when that ended. */
  LAST_OWNER,
  /** Somebody else, or the holder of an older claim. */
  NONE;

  static Ownership of(OrgState org, ModelSession session, Holder holder) {
    if (!mayActAs(org, holder)) {
      return NONE;
    }
    return switch (session.place) {
      case CLAIMED -> names(holder, session.owner, session.token) ? OWNER : NONE;
      case READY, PARKED -> {
        boolean lost = lostBy(org, session, holder.workerId(), holder.token());
        yield lost && org.findWorker(holder.workerId()).isPresent() ? LOST : NONE;
      }
      case ENDED -> names(holder, session.owner, session.token) ? LAST_OWNER : NONE;
      case LATER, RETURNED, DEAD -> NONE;
    };
  }

  /** Whether the caller's credential allows it to speak as that worker. */
  static boolean mayActAs(OrgState org, Holder holder) {
    return org.findWorker(holder.workerId())
        .map(worker -> org.mayActFor(worker, holder.registeredBy()))
        .orElse(holder.registeredBy() == null);
  }

  /** Whether that worker lost its claim by time and nothing happened since but waiting. */
  static boolean lostBy(OrgState org, ModelSession session, String workerId, long token) {
    return session.contends()
        && workerId.equals(session.lostBy)
        && (token == 0 || token == session.token)
        && Issues.claimed(org, session.issue()).isEmpty();
  }

  private static boolean names(Holder holder, @Nullable String workerId, long token) {
    return holder.workerId().equals(workerId) && (holder.token() == 0 || holder.token() == token);
  }

  /**
   * What every call of an owner does, and one that may bring back a lost claim.
   *
   * @return whether it did
   */
  static boolean actAsOwner(OrgState org, ModelSession session, Holder holder) {
    Ownership ownership = of(org, session, holder);
    if (ownership == NONE) {
      throw notOwner(org, session);
    }
    // The worker of an ended session may be gone, and nobody is there to give a sign of life.
    org.findWorker(holder.workerId())
        .ifPresent(
            worker -> {
              org.signOfLife(worker);
              if (ownership == LOST) {
                Claiming.reattach(org, session, worker);
                org.note(session, Event.Kind.REATTACHED, worker.id(), null);
              }
              if (session.claimed()) {
                Claiming.accept(session, worker);
                session.lastSign = org.now;
              } else if (session.state == SessionState.STOPPED) {
                session.lastSign = org.now;
              }
            });
    return ownership == LOST;
  }

  /** The call of an owner that is a sign of life of its session and nothing else. */
  static void touch(OrgState org, ModelSession session, Holder holder) {
    actAsOwner(org, session, holder);
    if (session.claimed() && !session.inStopGrace()) {
      session.updatedAt = org.now;
    }
  }

  static RefusedException notOwner(OrgState org, ModelSession session) {
    return RefusedException.notOwner(session.id(), session.owner, org.seq);
  }
}
