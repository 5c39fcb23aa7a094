package dev.sluice.backend.tck.history;

import java.util.List;

/**
 * A part of a history.
 *
 * @param together whether its calls were made at once; else one after the other, in this order
 */
record Segment(boolean together, List<Made> made) {}
