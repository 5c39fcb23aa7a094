package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import org.jspecify.annotations.Nullable;

/** What a holder is to a session: docs/rules.md, "Who owns a session". */
enum Ownership {
  /** Owns its claim. */
  OWNER,
  /** Lost its claim by time, and it still waits: may re-attach. */
  LOST,
  /** Owned it when it ended. */
  LAST_OWNER,
  /** Somebody else, or the holder of an older claim. */
  NONE;

  static Ownership of(Step step, SessionRecord session, Holder holder) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (!maySpeakFor(worker, holder)) {
      return NONE;
    }
    return switch (session.place()) {
      case CLAIMED -> names(holder, session.owner(), session.run().token()) ? OWNER : NONE;
      case ENDED -> names(holder, session.owner(), session.run().token()) ? LAST_OWNER : NONE;
      case READY ->
          worker != null && names(holder, session.trail().lostBy(), session.run().token())
              ? LOST
              : NONE;
      default -> NONE;
    };
  }

  /**
   * What the call of an owner does before anything else: a sign of life, the claim accepted or
   * brought back. Refuses everybody else.
   *
   * @return the session after it; not stored yet, for the call will change it further
   */
  static Acting act(Step step, SessionRecord session, Holder holder) {
    Ownership ownership = of(step, session, holder);
    if (ownership == NONE) {
      throw notOwner(step, session, holder);
    }
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (worker != null) {
      step.signOfLife(worker);
    }
    return switch (ownership) {
      case LOST ->
          new Acting(session.reattach(holder.workerId(), step.newToken(), step.now()), true);
      case OWNER -> new Acting(session.accept(), false);
      default -> new Acting(session, false);
    };
  }

  /**
   * A session and its owner at work.
   *
   * @param session as it is to be stored
   * @param reattached whether a lost claim was brought back
   */
  record Acting(SessionRecord session, boolean reattached) {}

  /** Whether the caller's credential allows it to speak as that worker. */
  static boolean maySpeakFor(@Nullable WorkerEntry worker, Holder holder) {
    String registeredBy = holder.registeredBy();
    return registeredBy == null
        || (worker != null && registeredBy.equals(worker.record().registration().registeredBy()));
  }

  static RefusedException notOwner(Step step, SessionRecord session, Holder holder) {
    boolean owned = session.claimed() || session.place() == Place.ENDED;
    return new RefusedException(
        Refusal.NOT_OWNER,
        "worker " + holder.workerId() + " doesn't own session " + session.id(),
        owned ? session.owner() : null,
        step.state().counters().seq());
  }

  private static boolean names(Holder holder, @Nullable String workerId, long token) {
    return holder.workerId().equals(workerId) && (holder.token() == 0 || holder.token() == token);
  }
}
