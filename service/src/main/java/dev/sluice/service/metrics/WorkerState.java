package dev.sluice.service.metrics;

import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.util.Locale;

/** The state that a worker is counted in, by its {@link Availability}. */
enum WorkerState {
  /** It speaks and may be given work. */
  ACTIVE,
  /** It gets messages only: it or an operator wants it so, or another took its place. */
  DRAINING,
  /** It gets no work for its no-shows. */
  QUARANTINED,
  /** It has too many standing nacks. */
  NACKING,
  /** It gave no sign of life for a lease, or its credential was revoked. */
  SILENT;

  static WorkerState of(Worker worker, long nowMs) {
    return switch (Availability.of(worker, nowMs)) {
      case REVOKED, SILENT -> SILENT;
      case RETIRED, DRAINING -> DRAINING;
      case QUARANTINED -> QUARANTINED;
      case NACKING -> NACKING;
      case FULL, READY -> ACTIVE;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
