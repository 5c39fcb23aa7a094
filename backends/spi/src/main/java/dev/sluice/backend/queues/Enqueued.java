package dev.sluice.backend.queues;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The result of one item of an enqueue.
 *
 * @param duplicate true if equal content was enqueued before; state and position are the present
 *     ones
 * @param position 1-based in its project's queue; 0 if unknown or not waiting
 * @param refusal null if enqueued; else state and position mean nothing
 * @param replayed true for a repeat under an {@link Idempotency} key, which changes nothing: all
 *     else is the first answer
 */
public record Enqueued(
    String sessionId,
    boolean duplicate,
    SessionState state,
    int position,
    @Nullable Refusal refusal,
    boolean replayed) {

  public Enqueued(
      String sessionId,
      boolean duplicate,
      SessionState state,
      int position,
      @Nullable Refusal refusal) {
    this(sessionId, duplicate, state, position, refusal, false);
  }
}
