package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * @param actor id of a key or name of an operator
 * @param sinceMs the store's time, epoch ms
 * @param untilMs automatic end, epoch ms; 0 for none
 */
public record Pause(String reason, String actor, long sinceMs, long untilMs) {

  public static @Nullable String problem(long untilMs, long nowMs) {
    return untilMs <= nowMs ? "has passed" : null;
  }
}
