package dev.sluice.backend.stops;

/**
 * @param token claim when the order was made; later claims are not stopped
 */
public record StopTarget(String sessionId, long token) {}
