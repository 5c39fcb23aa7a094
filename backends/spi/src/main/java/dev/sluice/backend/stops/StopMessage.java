package dev.sluice.backend.stops;

import org.jspecify.annotations.Nullable;

/**
 * @param payload a reason for the worker's log; may be empty
 * @param userName for people
 */
public record StopMessage(String payload, @Nullable String userId, @Nullable String userName) {}
