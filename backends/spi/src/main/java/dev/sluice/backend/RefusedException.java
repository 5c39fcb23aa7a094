package dev.sluice.backend;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final @Nullable String owner;
  private final long seq;

  /**
   * @param message for people; may name ids, never secrets
   * @param owner for {@link Refusal#NOT_OWNER}; null if none
   */
  public RefusedException(Refusal refusal, String message, @Nullable String owner, long seq) {
    super(message, null, false, false); // an expected answer: no stack trace
    this.refusal = refusal;
    this.owner = owner;
    this.seq = seq;
  }

  /**
   * @param id empty for none
   */
  public static RefusedException of(Refusal refusal, String id, long seq) {
    return new RefusedException(refusal, refusal.words(id), null, seq);
  }

  public static RefusedException notOwner(String sessionId, @Nullable String owner, long seq) {
    return new RefusedException(Refusal.NOT_OWNER, Refusal.NOT_OWNER.words(sessionId), owner, seq);
  }

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
