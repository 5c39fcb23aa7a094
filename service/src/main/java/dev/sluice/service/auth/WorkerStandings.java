package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.errors.WireTexts;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Workers as this node knows them: who registered them, for which projects, and whether their calls
 * still count. What says that they count is at most {@value #MAX_AGE_MS} ms old, and is forgotten
 * at once where this node deregisters or revokes.
 */
public final class WorkerStandings {

  private static final long MAX_AGE_MS = 5_000;
  private static final int MAX_KNOWN = 100_000;

  private final Workers workers;
  private final Clock clock;
  private final AtomicLong epoch = new AtomicLong();
  private final Cache<WorkerRef, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

  public WorkerStandings(Workers workers, Clock clock) {
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * The caller of a runtime token, with the projects of its registration.
   *
   * @throws ApiException 401 if the worker was deregistered or its credential revoked
   */
  Caller require(Caller caller) {
    Known worker = known(new WorkerRef(caller.org(), String.valueOf(caller.workerId()), null));
    if (!worker.live) {
      throw ApiException.unauthenticated(WireTexts.WORKER_GONE);
    }
    return caller.boundTo(worker.projects);
  }

  /** True if the worker was registered with that credential and is neither gone nor revoked. */
  public boolean registeredBy(String org, String workerId, String credentialId) {
    Known worker = known(new WorkerRef(org, workerId, null));
    return worker.live && worker.registeredBy.equals(credentialId);
  }

  /** True if the caller's credential registered the worker. */
  public boolean mayKnow(Principal principal, String workerId) {
    try {
      return principal instanceof Caller caller
          && caller.speaksForWorkers()
          && registeredBy(caller.org(), workerId, caller.credentialId());
    } catch (BackendUnavailableException e) {
      return false; // the caller is answered without the name
    }
  }

  /** Notes that the store has just accepted a call of the worker. */
  public void seen(WorkerRef worker) {
    Known found = known.getIfPresent(worker);
    if (found != null && found.live) {
      found.atMs = clock.millis();
    }
  }

  /** Forgets a worker that was deregistered. */
  public void forget(String org, String workerId) {
    epoch.incrementAndGet();
    known.invalidate(new WorkerRef(org, workerId, null));
  }

  /** Forgets all workers, since a credential of some was revoked. */
  void forgetAll() {
    epoch.incrementAndGet();
    known.invalidateAll();
  }

  private Known known(WorkerRef worker) {
    Known found = known.getIfPresent(worker);
    long now = clock.millis();
    if (found != null && now - found.atMs < MAX_AGE_MS) {
      return found;
    }
    long before = epoch.get();
    Known read =
        Refusals.except(
            Set.of(Refusal.UNKNOWN_WORKER),
            () -> Known.of(workers.find(worker).value(), now),
            reason -> new Known(false, "", List.of(), now));
    known.put(worker, read);
    if (epoch.get() != before) { // what was read may be older than what was forgotten
      known.invalidate(worker);
    }
    return read;
  }

  private static final class Known {
    private final boolean live;
    private final String registeredBy;
    private final List<String> projects;
    private volatile long atMs;

    Known(boolean live, String registeredBy, List<String> projects, long atMs) {
      this.live = live;
      this.registeredBy = registeredBy;
      this.projects = projects;
      this.atMs = atMs;
    }

    static Known of(Worker worker, long atMs) {
      Registration registration = worker.registration();
      return new Known(
          !worker.revoked(), registration.registeredBy(), registration.projects(), atMs);
    }
  }
}
