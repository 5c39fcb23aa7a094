package dev.sluice.fleet;

import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.Locale;

/** {@link Availability} plus {@link #QUIET}. */
public enum WorkerStatus {
  REVOKED,
  SILENT,
  REPLACED,
  DRAINING,
  QUARANTINED,
  NACKING,
  /** No call for a minute, or free slots and no poll for two; within its lease. */
  QUIET,
  FULL,
  READY;

  private static final long QUIET_MS = Duration.ofMinutes(1).toMillis();

  private static final long UNPOLLED_MS = Duration.ofMinutes(2).toMillis();

  public static WorkerStatus of(Worker worker, long now) {
    Availability availability = Availability.of(worker, now);
    boolean unpolled =
        availability == Availability.READY
            && now - Math.max(worker.lastPollMs(), worker.registeredAtMs()) > UNPOLLED_MS;
    if (unpolled || availability.serves() && now - worker.lastSeenMs() > QUIET_MS) {
      return QUIET;
    }
    return switch (availability) {
      case REVOKED -> REVOKED;
      case SILENT -> SILENT;
      case RETIRED -> REPLACED;
      case DRAINING -> DRAINING;
      case QUARANTINED -> QUARANTINED;
      case NACKING -> NACKING;
      case FULL -> FULL;
      case READY -> READY;
    };
  }

  /** True if it takes work now or with its next free slot. */
  public boolean serves() {
    return this == QUIET || this == FULL || this == READY;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
