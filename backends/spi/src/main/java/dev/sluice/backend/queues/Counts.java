package dev.sluice.backend.queues;

/** Number of live sessions of an org by place. */
public record Counts(long ready, long parked, long later, long returned, long claimed, long dead) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  public Counts and(Counts other) {
    return new Counts(
        ready + other.ready,
        parked + other.parked,
        later + other.later,
        returned + other.returned,
        claimed + other.claimed,
        dead + other.dead);
  }

  /** Number of waiting sessions. */
  public long waiting() {
    return ready + parked + later + returned;
  }
}
