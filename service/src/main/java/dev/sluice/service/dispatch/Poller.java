package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.errors.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Each poll has its own request id. After a lost answer the worker's next poll repeats the id, so
 * it gets the same claims, messages and jobs again.
 */
public final class Poller {

  /** An item that Go workers can't decode is dead after these. */
  private static final int MISSED_ACCEPTS = 2;

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
      return readable(
          call.worker(),
          new Polled(
              requestId,
              workers.poll(new PollRequest(call.worker(), requestId, max, call.batch()))));
    } catch (BackendUnavailableException e) {
      if (e.outcomeUnknown()) {
        unanswered.put(call.worker(), requestId);
      }
      throw e;
    }
  }

  /**
   * Returns claims so that an item which Go workers can't decode comes alone: they reject an answer
   * as a whole. After two missed accepts it is given up.
   */
  private Polled readable(WorkerRef worker, Polled polled) {
    List<ClaimedWork> work = polled.result().work();
    int count = 0;
    String problem = null;
    while (count < work.size()) {
      problem = ItemMembers.unreadable(work.get(count).item());
      if (problem != null) {
        break;
      }
      count++;
    }
    if (problem == null) {
      return polled;
    }
    try {
      int kept = count > 0 || deny(worker, work.get(0), problem) ? count : 1;
      if (kept < work.size()) {
        sessions.giveBack(worker.org(), worker.workerId(), polled.claimsFrom(kept));
      }
      return kept == work.size() ? polled : polled.first(kept);
    } catch (RuntimeException e) {
      unanswered.put(worker, polled.requestId());
      throw e;
    }
  }

  /**
   * Denies an item for good after two missed accepts. False if its claim doesn't stand any more.
   */
  private boolean deny(WorkerRef worker, ClaimedWork work, String problem) {
    String org = worker.org();
    Holder holder = new Holder(worker.workerId(), null, work.token());
    try {
      // A requeue sets the attempts to 0, a lost lease may be that of a worker that ran it.
      if (sessions.find(org, work.sessionId()).attempts() < MISSED_ACCEPTS
          || missedAccepts(org, work.sessionId()) < MISSED_ACCEPTS) {
        return false;
      }
      String reason = "handed out twice and never accepted; Go workers can't decode its item: ";
      return sessions.nack(org, work.sessionId(), holder, NackReason.of(reason + problem), true);
    } catch (RuntimeException e) {
      if (Refusals.kind(e) == null) {
        throw e;
      }
      return false;
    }
  }

  private long missedAccepts(String org, String sessionId) {
    return sessions.timeline(org, sessionId).stream()
        .filter(line -> line.kind() == Event.Kind.ACCEPT_MISSED)
        .count();
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
