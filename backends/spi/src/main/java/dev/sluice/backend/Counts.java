package dev.sluice.backend;

/** How many live sessions of an org stand in each place. */
public record Counts(long ready, long parked, long later, long returned, long claimed, long dead) {

  /** Work that waits for a worker. */
  public long waiting() {
    return ready + parked + later + returned;
  }
}
