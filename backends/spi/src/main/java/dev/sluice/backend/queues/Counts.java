package dev.sluice.backend.queues;

/** How many live sessions of an org stand in each place. */
public record Counts(long ready, long parked, long later, long returned, long claimed, long dead) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public Counts and(Counts other) {
    return new Counts(
        ready + other.ready,
        parked + other.parked,
        later + other.later,
        returned + other.returned,
        claimed + other.claimed,
        dead + other.dead);
  }

  /** Work that waits for a worker. */
  public long waiting() {
    return ready + parked + later + returned;
  }
}
