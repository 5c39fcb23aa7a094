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

  /** An offer that a poll made, the how many-th of its job. */
  record JobOffer(String jobId, int number) {}

  final Registration registration;
  final long registeredAt;

  /** As registered, until it is known to take messages by refreshes. */
  Dialect dialect;

  int capacity;
  boolean draining;
  int activeCount;
  long lastSeen;
  long leaseUntil;

  /** 0 before the first. */
  long lastPoll;

  boolean silent;

  /** The operator's mark. */
  boolean drained;

  /** Missed poll answers since the last acceptance or quarantine. */
  int noShows;

  /** Quarantines since the last acceptance. */
  int quarantines;

  /** A missed accept of what was handed out until then doesn't count. */
  long judgedUntil;

  /** 0 for never or lifted. */
  long quarantinedUntil;

  /** Whether a later worker of its machine has taken its place. */
  boolean retired;

  /** The last poll, for a repeat of it. */
  @Nullable String lastRequest;

  List<Claim> lastClaims = List.of();

  List<JobOffer> lastOffers = List.of();

  ModelWorker(Registration registration, long now) {
    this.registration = registration;
    registeredAt = now;
    dialect = registration.dialect();
    capacity = registration.capacity();
    draining = registration.draining();
  }

  String id() {
    return registration.workerId();
  }

  /** Whether a caller that is bound to a credential (or to none) may know of it. */
  boolean knownTo(@Nullable String registeredBy) {
    return registeredBy == null || registeredBy.equals(registration.registeredBy());
  }

  boolean sameMachine(ModelWorker other) {
    return registration.machineId() != null
        && registration.machineId().equals(other.registration.machineId())
        && registration.registeredBy().equals(other.registration.registeredBy());
  }

  boolean takesProject(String project) {
    return registration.projects().isEmpty()
        || registration.projects().contains(project)
        || project.equals(NewWork.ANY_PROJECT);
  }

  boolean can(List<String> requiredCapabilities) {
    return registration.capabilities().containsAll(requiredCapabilities);
  }

  Worker view(List<String> activeSessions, boolean revoked, long returns, int maxReturns) {
    Registration now =
        new Registration(
            id(),
            registration.registeredBy(),
            dialect,
            registration.hostname(),
            capacity,
            registration.projects(),
            registration.capabilities(),
            draining,
            registration.machineId(),
            registration.details());
    return new Worker(
        now,
        activeCount,
        activeSessions,
        registeredAt,
        lastSeen,
        silent,
        drained,
        noShows,
        quarantinedUntil,
        (int) returns,
        maxReturns,
        retired,
        revoked,
        lastPoll);
  }
}
