package dev.sluice.backend.tck.model;

import dev.sluice.backend.Holder;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
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
      case READY ->
          names(holder, session.lostBy, session.token)
                  && org.findWorker(holder.workerId()).isPresent()
              ? LOST
              : NONE;
      case ENDED -> names(holder, session.owner, session.token) ? LAST_OWNER : NONE;
      default -> NONE;
    };
  }

  /** Whether the caller's credential allows it to speak as that worker. */
  static boolean mayActAs(OrgState org, Holder holder) {
    return org.findWorker(holder.workerId())
        .map(worker -> worker.knownTo(holder.registeredBy()))
        .orElse(holder.registeredBy() == null);
  }

  private static boolean names(Holder holder, @Nullable String workerId, long token) {
    return holder.workerId().equals(workerId) && (holder.token() == 0 || holder.token() == token);
  }

  static RefusedException notOwner(OrgState org, ModelSession session, Holder holder) {
    return new RefusedException(
        Refusal.NOT_OWNER,
        "worker " + holder.workerId() + " doesn't own session " + session.id(),
        session.owner,
        org.seq);
  }
}
