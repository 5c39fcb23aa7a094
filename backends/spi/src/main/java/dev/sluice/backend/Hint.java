package dev.sluice.backend;

import dev.sluice.backend.work.BatchLane;

/**
 * Word that something has become eligible or readable, or another than it was, so that who waits
 * for it may look.
 *
 * @param org where
 * @param kind what
 * @param name the project ({@link Kind#WORK}), {@link BatchLane#CAPABILITY} ({@link Kind#BATCH}),
 *     the session ({@link Kind#SESSION}), or the worker it concerns
 */
public record Hint(String org, Kind kind, String name) {

  /** What a hint is about. */
  public enum Kind {
    /** Work of a project came into the order of hand-out, or the project's queue opened. */
    WORK,
    /** A job waits in the batch lane. */
    BATCH,
    /** A message waits for a session of the worker. */
    MESSAGE,
    /** The worker may take work again: a slot became free, capacity grew, a drain ended. */
    SLOT,
    /** The state or the place of a session changed. Its enqueue is no change of it. */
    SESSION
  }
}
