package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * A pause of a project's queue.
 *
 * @param reason for people
 * @param actor id of a key or name of an operator
 * @param sinceMs the store's time, epoch ms
 * @param untilMs automatic end, epoch ms; 0 for none
 */
public record Pause(String reason, String actor, long sinceMs, long untilMs) {

  /**
   * Returns the problem of a new pause's end, to be put after its field's name; null if valid.
   *
   * @param untilMs epoch ms
   */
  public static @Nullable String problem(long untilMs, long nowMs) {
    return untilMs <= nowMs ? "has passed" : null;
  }
}
