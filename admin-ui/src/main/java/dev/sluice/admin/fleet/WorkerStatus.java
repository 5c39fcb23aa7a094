package dev.sluice.admin.fleet;

import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.Locale;

/** The state of a worker on pages: its {@link Availability}, and a first hint of silence. */
public enum WorkerStatus {
  /** The credential it registered with was revoked. */
  REVOKED,
  /** Its lease has run out. */
  SILENT,
  /** A later worker of its machine has taken its place. */
  REPLACED,
  /** It, or an operator, wants it to take nothing new. */
  DRAINING,
  /** It accepted too little of what it claimed. */
  QUARANTINED,
  /** It has nacked too much that still waits. */
  NACKING,
  /** No sign for a minute, while its lease lasts. */
  QUIET,
  /** All its slots are taken. */
  FULL,
  /** It takes work. */
  READY;

  private static final long QUIET_MS = Duration.ofMinutes(1).toMillis();

  /**
   * Of a worker.
   *
   * @param now epoch ms
   */
  public static WorkerStatus of(Worker worker, long now) {
    Availability availability = Availability.of(worker, now);
    if (availability.serves() && now - worker.lastSeenMs() > QUIET_MS) {
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

  /** Whether it takes work now, or will with its next free slot. */
  public boolean serves() {
    return this == QUIET || this == FULL || this == READY;
  }

  /** For people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
