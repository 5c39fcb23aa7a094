package dev.sluice.backend.work;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of an enqueue.
 *
 * @param sessionId its id
 * @param duplicate whether the same content was enqueued before; state and position are the present
 *     ones then
 * @param state the session's state now
 * @param position its 1-based position among its project's waiting work; 0 if unknown or not
 *     waiting
 * @param refusal why it was not enqueued, or null; state and position mean nothing then
 * @param replayed whether the call was answered before under its {@link Idempotency}: all else is
 *     as it was answered then, the session's id too, and nothing was changed
 */
public record Enqueued(
    String sessionId,
    boolean duplicate,
    SessionState state,
    int position,
    @Nullable Refusal refusal,
    boolean replayed) {

  /** What became of an item in a call that is no replay. */
  public Enqueued(
      String sessionId,
      boolean duplicate,
      SessionState state,
      int position,
      @Nullable Refusal refusal) {
    this(sessionId, duplicate, state, position, refusal, false);
  }
}
