package dev.sluice.backend;

/**
 * A note that something became eligible, readable or different.
 *
 * @param name a project ({@link Kind#WORK}), {@code BatchLane.CAPABILITY} ({@link Kind#BATCH}), a
 *     session ({@link Kind#SESSION}), else a worker
 */
public record Hint(String org, Kind kind, String name) {

  public enum Kind {
    /** Work joined the order of hand-out, or a queue opened. */
    WORK,
    BATCH,
    MESSAGE,
    /** A free slot, more capacity, a drain that began or ended, or the end of its record. */
    SLOT,
    /** State or place changed; an enqueue doesn't count. */
    SESSION
  }
}
