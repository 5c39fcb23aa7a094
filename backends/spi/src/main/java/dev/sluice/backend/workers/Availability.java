package dev.sluice.backend.workers;

/**
 * A worker's availability: docs/rules.md, "Availability". The first that applies counts; all but
 * the last two get messages only.
 */
public enum Availability {
  REVOKED,
  /** Its next call renews the lease. */
  SILENT,
  /** Replaced by a later worker of its machine. */
  RETIRED,
  /** By itself or by an operator, or it takes no project. */
  DRAINING,
  /** Missed too many poll answers. */
  QUARANTINED,
  /** Too many standing nacks. */
  NACKING,
  FULL,
  READY;

  public static Availability of(Worker worker, long now) {
    if (worker.revoked()) {
      return REVOKED;
    }
    return worker.silent() ? SILENT : whileCalling(worker, now);
  }

  /**
   * Assumes a calling worker, neither revoked nor silent.
   *
   * @param now epoch ms
   */
  public static Availability whileCalling(Worker worker, long now) {
    if (worker.retired()) {
      return RETIRED;
    } else if (worker.drained()
        || worker.registration().draining()
        || worker.registration().projects().none()) {
      return DRAINING;
    } else if (worker.quarantinedUntilMs() > now) {
      return QUARANTINED;
    } else if (worker.returns() >= worker.maxReturns()) {
      return NACKING;
    }
    return worker.freeSlots() > 0 ? READY : FULL;
  }

  /** True if every free slot may be filled. */
  public boolean serves() {
    return this == FULL || this == READY;
  }
}
