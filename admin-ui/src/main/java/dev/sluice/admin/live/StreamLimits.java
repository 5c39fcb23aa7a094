package dev.sluice.admin.live;

import java.time.Duration;

/**
 * @param life maximum; each stream ends at a random time in its last fifth
 */
public record StreamLimits(int node, int visitor, Duration life) {

  public static final StreamLimits DEFAULTS = new StreamLimits(500, 50, Duration.ofMinutes(10));
}
