package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import java.security.Principal;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Entries are at most {@value #MAX_AGE_MS} ms old and removed at once by a deregistration or
 * revocation on this node.
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

  /** Adds the projects of the registration; 401 if the worker was deregistered or revoked. */
  Caller require(Caller caller) {
    Known worker = known(new WorkerRef(caller.org(), String.valueOf(caller.workerId()), null));
    if (!worker.live) {
      throw ApiException.workerGone();
    }
    return caller.boundTo(worker.projects);
  }

  public boolean registeredBy(String org, String workerId, String credentialId) {
    Known worker = known(new WorkerRef(org, workerId, null));
    return worker.live && worker.registeredBy.equals(credentialId);
  }

  public boolean mayKnow(Principal principal, String workerId) {
    try {
      return principal instanceof Caller caller
          && caller.speaksForWorkers()
          && registeredBy(caller.org(), workerId, caller.credentialId());
    } catch (BackendUnavailableException e) {
      return false; // the caller is answered without the name
    }
  }

  /** Renews the entry after a call that the store has accepted. */
  public void seen(WorkerRef worker) {
    Known found = known.getIfPresent(worker);
    if (found != null && found.live) {
      found.atMs = clock.millis();
    }
  }

  public void forget(String org, String workerId) {
    epoch.incrementAndGet();
    known.invalidate(new WorkerRef(org, workerId, null));
  }

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
            () -> Known.of(workers.find(worker), now),
            reason -> new Known(false, "", Projects.ALL, now));
    known.put(worker, read);
    if (epoch.get() != before) { // what was read may be older than what was forgotten
      known.invalidate(worker);
    }
    return read;
  }

  private static final class Known {
    private final boolean live;
    private final String registeredBy;
    private final Projects projects;
    private volatile long atMs;

    Known(boolean live, String registeredBy, Projects projects, long atMs) {
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
