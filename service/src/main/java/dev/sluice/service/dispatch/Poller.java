package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Polls the backend. Each poll has a request id of its own, except after one whose answer was lost
 * on its way: then the worker's next poll repeats the id. So claims made for it in the dark reach
 * it after all, and a poll that would count as the receipt of messages and jobs brings them again.
 */
public final class Poller {

  private final Workers workers;
  private final Sessions sessions;
  private final int maxItems;
  private final String node;
  private final AtomicLong counter = new AtomicLong();
  private final Cache<WorkerRef, String> unanswered =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /**
   * @param node names this process, so that its request ids are its own
   * @param maxItems most items a poll
   */
  public Poller(Workers workers, Sessions sessions, String node, int maxItems) {
    this.workers = workers;
    this.sessions = sessions;
    this.node = node;
    this.maxItems = maxItems;
  }

  /** See {@link Workers#poll}; without waiting. */
  Polled poll(PollCall call) {
    String repeat = unanswered.getIfPresent(call.worker());
    if (repeat != null) {
      Polled repeated = poll(call, repeat);
      unanswered.asMap().remove(call.worker(), repeat);
      if (!repeated.empty()) {
        return repeated;
      }
    }
    return poll(call, node + "-" + counter.incrementAndGet());
  }

  private Polled poll(PollCall call, String requestId) {
    int max = Math.min(call.max(), maxItems);
    try {
      return new Polled(
          requestId,
          workers.poll(new PollRequest(call.worker(), requestId, max, call.batch())).value());
    } catch (BackendUnavailableException e) {
      if (e.outcomeUnknown()) {
        unanswered.put(call.worker(), requestId);
      }
      throw e;
    }
  }

  /** What was polled never reached the worker: claims go back, the rest is told again. */
  void unwritten(WorkerRef worker, Polled polled) {
    if (polled.toldOnce()) {
      unanswered.put(worker, polled.requestId());
    }
    if (!polled.result().work().isEmpty()) {
      sessions.giveBack(worker.org(), worker.workerId(), polled.claims());
    }
  }
}
