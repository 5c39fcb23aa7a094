package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * As {@link Closure}.
 *
 * @param forMs time after which it ends by itself, counted from the call; 0 for never
 */
public record NewClosure(
    String id,
    Closure.Purpose purpose,
    String reason,
    long forMs,
    @Nullable String movedTo,
    String progress) {}
