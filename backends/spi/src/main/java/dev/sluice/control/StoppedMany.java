package dev.sluice.control;

import dev.sluice.backend.stops.StopOrder;

/**
 * What an order to stop many was about.
 *
 * @param run the order, as stored
 * @param more whether more sessions ran than one order may stop: the rest go on
 */
public record StoppedMany(StopOrder run, boolean more) {}
