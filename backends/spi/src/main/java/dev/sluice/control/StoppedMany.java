package dev.sluice.control;

import dev.sluice.backend.stops.StopRun;

/**
 * What an order to stop many was about.
 *
 * @param run the order, as stored
 * @param more whether more sessions ran than one order may stop: the rest go on
 */
public record StoppedMany(StopRun run, boolean more) {}
