package dev.sluice.backend.workers;

/**
 * The availability of a worker for work: docs/rules.md, "Register, heartbeat, sign of life". The
 * first that applies counts; all but the last two get messages only.
 */
public enum Availability {
  REVOKED,
  /** Its lease ran out; its next call renews it. */
  SILENT,
  /** Replaced by a later worker of its machine. */
  RETIRED,
  /** By itself or by an operator. */
  DRAINING,
  /** It missed too many poll answers. */
  QUARANTINED,
  /** It has too many standing nacks. */
  NACKING,
  FULL,
  READY;

  /**
   * @param now epoch ms
   */
  public static Availability of(Worker worker, long now) {
    if (worker.revoked()) {
      return REVOKED;
    }
    return worker.silent() ? SILENT : whileCalling(worker, now);
  }

  /**
   * Returns the availability of a calling worker, which is neither revoked nor silent.
   *
   * @param now epoch ms
   */
  public static Availability whileCalling(Worker worker, long now) {
    if (worker.retired()) {
      return RETIRED;
    } else if (worker.drained() || worker.registration().draining()) {
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
