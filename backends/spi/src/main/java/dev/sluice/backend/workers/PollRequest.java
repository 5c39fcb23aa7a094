package dev.sluice.backend.workers;

import dev.sluice.backend.Rules;
import dev.sluice.backend.work.BatchLane;

/**
 * @param requestId unique for each poll; a repeat gets the same claims, so a lost reply can be
 *     fetched again
 * @param max capped by {@link Rules#maxItemsPerPoll()}
 * @param batch true to be offered jobs of the {@link BatchLane}
 */
public record PollRequest(WorkerRef worker, String requestId, int max, boolean batch) {

  public PollRequest(WorkerRef worker, String requestId, int max) {
    this(worker, requestId, max, false);
  }
}
