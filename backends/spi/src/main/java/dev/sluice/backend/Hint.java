package dev.sluice.backend;

import dev.sluice.backend.work.BatchLane;

/**
 * A note that something became eligible, readable or different, for those who wait for it.
 *
 * @param name a project ({@link Kind#WORK}), {@link BatchLane#CAPABILITY} ({@link Kind#BATCH}), a
 *     session ({@link Kind#SESSION}), else a worker
 */
public record Hint(String org, Kind kind, String name) {

  public enum Kind {
    /** A project got work in the order of hand-out, or its queue opened. */
    WORK,
    BATCH,
    /** A session of the worker has a message. */
    MESSAGE,
    /** The worker may take work again: a free slot, more capacity, or the end of a drain. */
    SLOT,
    /** A session's state or place changed; its enqueue doesn't count. */
    SESSION
  }
}
