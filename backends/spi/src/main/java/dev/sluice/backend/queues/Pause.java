package dev.sluice.backend.queues;

import org.jspecify.annotations.Nullable;

/**
 * A project's queue that hands nothing out.
 *
 * @param reason why, for people
 * @param actor who paused it: the id of a key or the name of an operator
 * @param sinceMs since when, epoch ms, the store's time
 * @param untilMs when it ends by itself, epoch ms; 0 for until resumed
 */
public record Pause(String reason, String actor, long sinceMs, long untilMs) {

  /**
   * Says what is wrong with the end of a pause that is to begin now, to be put behind the name of
   * its field; null if nothing is.
   *
   * @param untilMs epoch ms
   */
  public static @Nullable String problem(long untilMs, long nowMs) {
    return untilMs <= nowMs ? "has passed" : null;
  }
}
