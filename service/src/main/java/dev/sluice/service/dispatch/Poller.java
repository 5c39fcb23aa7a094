package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Polls the backend. Each poll has a request id of its own, except after one whose answer was lost
 * between store and service: then the worker's next poll repeats the id, so that claims made for it
 * in the dark reach it after all.
 */
public final class Poller {

  private final Workers workers;
  private final int maxItems;
  private final String node;
  private final AtomicLong counter = new AtomicLong();
  private final Cache<WorkerRef, String> unanswered =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /**
   * @param node names this process, so that its request ids are its own
   * @param maxItems most items a poll
   */
  public Poller(Workers workers, String node, int maxItems) {
    this.workers = workers;
    this.node = node;
    this.maxItems = maxItems;
  }

  /**
   * See {@link Workers#poll}.
   *
   * @param batch whether the caller may be offered jobs of the batch lane
   */
  public PollResult poll(WorkerRef worker, boolean batch) {
    String repeat = unanswered.getIfPresent(worker);
    String requestId = repeat == null ? node + "-" + counter.incrementAndGet() : repeat;
    try {
      PollResult result = workers.poll(new PollRequest(worker, requestId, maxItems, batch)).value();
      if (repeat != null) {
        unanswered.asMap().remove(worker, repeat);
      }
      return result;
    } catch (BackendUnavailableException e) {
      if (e.outcomeUnknown()) {
        unanswered.put(worker, requestId);
      }
      throw e;
    }
  }
}
