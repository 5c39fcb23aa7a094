package dev.sluice.backend;

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
