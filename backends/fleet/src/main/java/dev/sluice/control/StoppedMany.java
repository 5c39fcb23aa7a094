package dev.sluice.control;

import dev.sluice.backend.stops.StopOrder;

/**
 * @param more true if more sessions run than an order may stop
 */
public record StoppedMany(StopOrder run, boolean more) {}
