package dev.sluice.backend.queues;

/** Live sessions by place. */
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

  public long waiting() {
    return ready + parked + later + returned;
  }
}
