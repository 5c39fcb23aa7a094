package dev.sluice.backend.stops;

import org.jspecify.annotations.Nullable;

/**
 * The message that goes with a stop.
 *
 * @param payload a reason for the worker's log, possibly empty
 * @param userId who asked, or null
 * @param userName the same for people, or null
 */
public record StopMessage(String payload, @Nullable String userId, @Nullable String userName) {}
