package dev.sluice.backend.workers;

import org.jspecify.annotations.Nullable;

/**
 * A worker's sign of life.
 *
 * @param activeCount how many sessions it runs, from 0
 * @param capacity its capacity from now on, from 1; null leaves it
 * @param draining whether it wants no work from now on; null leaves it
 */
public record Heartbeat(int activeCount, @Nullable Integer capacity, @Nullable Boolean draining) {}
