package dev.sluice.backend.stops;

/**
 * A session that a run is to stop.
 *
 * @param token the claim that it had when it was found: later ones are none of the run's
 */
public record StopTarget(String sessionId, long token) {}
