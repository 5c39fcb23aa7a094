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
 * Each poll has its own request id. After a lost answer the worker's next poll repeats the id, so
 * it gets the same claims, messages and jobs again.
 */
public final class Poller {

  private final Workers workers;
  private final Sessions sessions;
  private final int maxItems;
  private final String node;
  private final AtomicLong counter = new AtomicLong();
  private final Cache<WorkerRef, String> unanswered =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /** {@code node} makes request ids unique to this process. */
  public Poller(Workers workers, Sessions sessions, String node, int maxItems) {
    this.workers = workers;
    this.sessions = sessions;
    this.node = node;
    this.maxItems = maxItems;
  }

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

  void unwritten(WorkerRef worker, Polled polled) {
    if (polled.toldOnce()) {
      unanswered.put(worker, polled.requestId());
    }
    if (!polled.result().work().isEmpty()) {
      sessions.giveBack(worker.org(), worker.workerId(), polled.claims());
    }
  }
}
