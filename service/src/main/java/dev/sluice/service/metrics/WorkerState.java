package dev.sluice.service.metrics;

import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.util.Locale;

enum WorkerState {
  ACTIVE,
  /** Drained by itself or an operator, or replaced. */
  DRAINING,
  QUARANTINED,
  NACKING,
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
