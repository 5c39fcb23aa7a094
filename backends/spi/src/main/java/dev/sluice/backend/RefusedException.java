package dev.sluice.backend;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/** An expected refusal. Nothing was changed. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final @Nullable String owner;
  private final long seq;

  /**
   * @param refusal why
   * @param message for people; names ids, never secrets
   * @param owner the worker that owns the session, for {@link Refusal#NOT_OWNER}; null if none does
   * @param seq the store sequence number at which it was decided
   */
  public RefusedException(Refusal refusal, String message, @Nullable String owner, long seq) {
    super(message, null, false, false); // a refusal is an answer: no stack trace to fill in
    this.refusal = refusal;
    this.owner = owner;
    this.seq = seq;
  }

  /**
   * A refusal in its own words.
   *
   * @param id of the session, worker, job, stop or attempt that is refused; empty for none
   * @param seq the store sequence number at which it was decided
   */
  public static RefusedException of(Refusal refusal, String id, long seq) {
    return new RefusedException(refusal, refusal.words(id), null, seq);
  }

  /** A call of a worker that isn't the owner. */
  public static RefusedException notOwner(String sessionId, @Nullable String owner, long seq) {
    return new RefusedException(Refusal.NOT_OWNER, Refusal.NOT_OWNER.words(sessionId), owner, seq);
  }

  /** A call that the session's state doesn't allow; it says the state. */
  public static RefusedException wrongState(
      String sessionId, Place place, SessionState state, long seq) {
    boolean byState = place == Place.CLAIMED || place == Place.ENDED;
    String words = "session " + sessionId + " is " + (byState ? state.wire() : place.wire());
    return new RefusedException(Refusal.WRONG_STATE, words, null, seq);
  }

  public Refusal refusal() {
    return refusal;
  }

  public @Nullable String owner() {
    return owner;
  }

  public long seq() {
    return seq;
  }
}
