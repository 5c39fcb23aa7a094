package dev.sluice.backend.stops;

import org.jspecify.annotations.Nullable;

/**
 * The message of a stop.
 *
 * @param payload a reason for the worker's log; may be empty
 * @param userId the sender, or null
 * @param userName the sender for people, or null
 */
public record StopMessage(String payload, @Nullable String userId, @Nullable String userName) {}
