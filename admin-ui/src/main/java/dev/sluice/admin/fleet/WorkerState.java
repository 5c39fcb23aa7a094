package dev.sluice.admin.fleet;

import dev.sluice.backend.Worker;
import java.time.Duration;
import java.util.Locale;

/** What a worker is to the fleet at this moment; the first that fits, in this order. */
public enum WorkerState {
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
  public static WorkerState of(Worker worker, long now) {
    if (worker.revoked()) {
      return REVOKED;
    }
    if (worker.silent()) {
      return SILENT;
    }
    if (worker.retired()) {
      return REPLACED;
    }
    if (worker.drained() || worker.registration().draining()) {
      return DRAINING;
    }
    if (worker.quarantinedUntilMs() > now) {
      return QUARANTINED;
    }
    if (now - worker.lastSeenMs() > QUIET_MS) {
      return QUIET;
    }
    return worker.activeSessions().size() >= worker.registration().capacity() ? FULL : READY;
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
