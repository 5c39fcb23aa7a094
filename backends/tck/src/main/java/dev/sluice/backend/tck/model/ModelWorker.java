package dev.sluice.backend.tck.model;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of a worker. Times are epoch ms. */
final class ModelWorker {

  /** A claim that a poll made. */
  record Claim(String sessionId, long token) {}

  final Registration registration;
  final long registeredAt;

  int capacity;
  boolean draining;
  int activeCount;
  long lastSeen;
  long leaseUntil;
  boolean silent;

  /** The last poll, for a repeat of it. */
  @Nullable String lastRequest;

  List<Claim> lastClaims = List.of();

  ModelWorker(Registration registration, long now) {
    this.registration = registration;
    registeredAt = now;
    capacity = registration.capacity();
    draining = registration.draining();
  }

  String id() {
    return registration.workerId();
  }

  Dialect dialect() {
    return registration.dialect();
  }

  /** Whether a caller that is bound to a credential (or to none) may know of it. */
  boolean knownTo(@Nullable String registeredBy) {
    return registeredBy == null || registeredBy.equals(registration.registeredBy());
  }

  /** Whether it takes work of that bucket. */
  boolean takes(ModelSession.Bucket bucket) {
    boolean project =
        registration.projects().isEmpty()
            || registration.projects().contains(bucket.project())
            || bucket.project().equals(NewWork.ANY_PROJECT);
    return project && registration.capabilities().containsAll(bucket.requiredCapabilities());
  }

  Worker view(List<String> activeSessions) {
    Registration now =
        new Registration(
            id(),
            registration.registeredBy(),
            registration.dialect(),
            registration.hostname(),
            capacity,
            registration.projects(),
            registration.capabilities(),
            draining,
            registration.details());
    return new Worker(now, activeCount, activeSessions, registeredAt, lastSeen, silent);
  }
}
