package dev.sluice.backend;

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
 */
public record Enqueued(
    String sessionId,
    boolean duplicate,
    SessionState state,
    int position,
    @Nullable Refusal refusal) {}
