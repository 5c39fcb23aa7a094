package dev.sluice.backend.stops;

/**
 * A session to stop.
 *
 * @param token its claim when the order was made; later claims are not stopped
 */
public record StopTarget(String sessionId, long token) {}
