package dev.sluice.backend.workers;

/**
 * Whether a worker may be given work: docs/rules.md, "Register, heartbeat, sign of life". A worker
 * is the first of these that applies; all but the last two get messages only.
 */
public enum Availability {
  /** The credential that registered it was revoked. */
  REVOKED,
  /** Its lease has run out. Its next call ends that. */
  SILENT,
  /** A later worker of its machine has taken its place. */
  RETIRED,
  /** It drains, by its own word or an operator's. */
  DRAINING,
  /** It accepted too little of its work. */
  QUARANTINED,
  /** It has as many standing nacks as it may. */
  NACKING,
  /** It has no free slot. */
  FULL,
  /** It may be given work now. */
  READY;

  /**
   * The availability of a worker.
   *
   * @param now epoch ms
   */
  public static Availability of(Worker worker, long now) {
    if (worker.revoked()) {
      return REVOKED;
    }
    return worker.silent() ? SILENT : whileCalling(worker, now);
  }

  /**
   * The availability of a worker that is calling, so that it is neither revoked nor silent.
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

  /** True if every free slot of the worker may be filled. */
  public boolean serves() {
    return this == FULL || this == READY;
  }
}
