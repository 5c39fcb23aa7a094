package dev.sluice.backend.workers;

import dev.sluice.backend.Rules;
import dev.sluice.backend.work.BatchLane;

/**
 * One poll.
 *
 * @param worker who polls
 * @param requestId made by the service, one a poll; the same again answers the same claims, so that
 *     a reply lost between service and store can be asked for once more
 * @param max most items wanted; {@link Rules#maxItemsPerPoll()} caps it
 * @param batch whether it may be offered jobs of the {@link BatchLane}
 */
public record PollRequest(WorkerRef worker, String requestId, int max, boolean batch) {

  /** A poll for work and messages alone. */
  public PollRequest(WorkerRef worker, String requestId, int max) {
    this(worker, requestId, max, false);
  }
}
