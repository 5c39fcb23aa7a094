package dev.sluice.backend.tck.history;

import dev.sluice.backend.Rules;

/** Limits small enough to be met. */
final class Limits {

  private static final int MAX_BATCH = 4;

  /** Shorter than all other retentions, so that a history sees some lines go. */
  static final long AUDIT_MS = 3_600_000;

  private static final long FOR_EVER_MS = 1L << 50;

  private Limits() {}

  static Rules of(long seed) {
    return switch ((int) Math.floorMod(seed, 3L)) {
      case 0 ->
          rules(
              5,
              3,
              1,
              6,
              2,
              4,
              64,
              4,
              0,
              new Rules.Tries(3, 3, 2, 2, 600_000, 2_000_000),
              4,
              3,
              8,
              12,
              new Rules.Bounds(9_000, 3, 3, 3, 4, 2));
      case 1 ->
          rules(
              2,
              2,
              1,
              4,
              1,
              3,
              2,
              2,
              8,
              new Rules.Tries(2, 2, 3, 1, 300_000, 3_600_000),
              2,
              2,
              100,
              5,
              new Rules.Bounds(1L << 40, 5, 2, 64, 1_000, 0));
      default ->
          rules(
              5,
              10,
              2,
              6,
              3,
              64,
              3,
              10,
              12,
              new Rules.Tries(2, 2, 1, 1, 60_000, 120_000),
              6,
              200,
              20,
              1_000,
              Rules.Bounds.DEFAULTS.withMaxBytes(15_000));
    };
  }

  private static Rules rules(
      int maxItemsPerPoll,
      int messagesPerRead,
      int normalShare,
      int maxUnacked,
      int maxReturns,
      int maxCapabilitySets,
      int dueStep,
      int exactPosition,
      long maxWaiting,
      Rules.Tries tries,
      long maxEnded,
      int activities,
      int events,
      long maxAudit,
      Rules.Bounds bounds) {
    Rules shipped = Rules.DEFAULTS;
    Rules.Kept kept = shipped.kept();
    return new Rules(
        shipped.leaseMs(),
        shipped.acceptMs(),
        shipped.acceptGoDaemonMs(),
        shipped.stopGraceMs(),
        shipped.visibilityMs(),
        shipped.nackBackoffMs(),
        maxItemsPerPoll,
        messagesPerRead,
        normalShare,
        maxUnacked,
        maxReturns,
        maxCapabilitySets,
        dueStep,
        exactPosition,
        // Where none is set a backend fills in its own default, larger than any history.
        maxWaiting == 0 ? 1_000_000 : maxWaiting,
        MAX_BATCH,
        shipped.upgradeMs(),
        tries,
        new Rules.Kept(
            kept.endedMs(),
            maxEnded,
            kept.deadMs(),
            kept.archiveMs(),
            kept.silentWorkerMs(),
            activities,
            events,
            AUDIT_MS,
            maxAudit,
            kept.idempotencyMs(),
            FOR_EVER_MS, // the logs are compared at the end
            kept.maxLogged()),
        bounds);
  }
}
