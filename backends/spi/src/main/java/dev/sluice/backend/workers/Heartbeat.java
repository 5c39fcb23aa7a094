package dev.sluice.backend.workers;

import org.jspecify.annotations.Nullable;

/**
 * A heartbeat.
 *
 * @param activeCount running sessions, from 0
 * @param capacity new capacity, from 1; null keeps it
 * @param draining true for no more work; null keeps it
 */
public record Heartbeat(int activeCount, @Nullable Integer capacity, @Nullable Boolean draining) {}
