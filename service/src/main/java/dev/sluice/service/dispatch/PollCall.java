package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.WorkerRef;

/** {@code batch} permits jobs of the batch lane. */
public record PollCall(WorkerRef worker, boolean batch, int max, Patience patience) {

  PollCall atMost(int slots) {
    return slots < max ? new PollCall(worker, batch, slots, patience) : this;
  }
}
