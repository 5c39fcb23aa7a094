package dev.sluice.admin.live;

import java.time.Duration;

/**
 * How many streams there may be, and for how long.
 *
 * @param node most on this node
 * @param visitor most of one visitor on this node
 * @param life longest life of one; each gets a random part of its last fifth less
 */
public record StreamLimits(int node, int visitor, Duration life) {

  /** Those in force. */
  public static final StreamLimits DEFAULTS = new StreamLimits(500, 50, Duration.ofMinutes(10));
}
