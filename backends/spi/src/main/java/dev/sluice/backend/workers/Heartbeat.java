package dev.sluice.backend.workers;

import org.jspecify.annotations.Nullable;

/**
 * @param activeCount running sessions, from 0
 * @param capacity from 1; null keeps it
 * @param draining null keeps it
 */
public record Heartbeat(int activeCount, @Nullable Integer capacity, @Nullable Boolean draining) {}
