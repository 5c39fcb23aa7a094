package dev.sluice.control;

import dev.sluice.backend.stops.StopOrder;

/**
 * The result of a stop of many.
 *
 * @param more true if more sessions run than an order may stop
 */
public record StoppedMany(StopOrder run, boolean more) {}
