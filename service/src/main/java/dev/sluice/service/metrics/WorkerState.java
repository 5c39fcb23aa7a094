package dev.sluice.service.metrics;

import dev.sluice.backend.Worker;
import java.util.Locale;

/** What a worker is counted as: the first that holds, read upwards from {@link #SILENT}. */
enum WorkerState {
  /** It speaks and may be given work. */
  ACTIVE,
  /** It gets messages only: it or an operator wants it so, or another took its place. */
  DRAINING,
  /** It gets no work for its no-shows. */
  QUARANTINED,
  /** It gave no sign of life for a lease, or its credential was revoked. */
  SILENT;

  static WorkerState of(Worker worker, long nowMs) {
    if (worker.silent() || worker.revoked()) {
      return SILENT;
    } else if (worker.quarantinedUntilMs() > nowMs) {
      return QUARANTINED;
    }
    return worker.drained() || worker.retired() || worker.registration().draining()
        ? DRAINING
        : ACTIVE;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
