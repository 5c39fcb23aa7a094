package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final @Nullable String owner;

  /**
   * @param message for people; may name ids, never secrets
   * @param owner for {@link Refusal#NOT_OWNER}; null if none
   */
  public RefusedException(Refusal refusal, String message, @Nullable String owner) {
    super(message, null, false, false); // an expected answer: no stack trace
    this.refusal = refusal;
    this.owner = owner;
  }

  /**
   * @param id empty for none
   */
  public static RefusedException of(Refusal refusal, String id) {
    return new RefusedException(refusal, refusal.words(id), null);
  }

  public static RefusedException notOwner(String sessionId, @Nullable String owner) {
    return new RefusedException(Refusal.NOT_OWNER, Refusal.NOT_OWNER.words(sessionId), owner);
  }

  public Refusal refusal() {
    return refusal;
  }

  public @Nullable String owner() {
    return owner;
  }
}
