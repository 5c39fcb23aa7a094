package dev.sluice.backend.queues;

import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what keeps a worker from work: docs/rules.md, "Poll" and "Availability". */
final class WorkerGates {

  private WorkerGates() {}

  /**
   * Returns the first reason for which a worker isn't offered work, null if there is none. Reasons
   * of the work itself, such as a nack or its queue, are looked at elsewhere.
   *
   * @param now epoch ms
   */
  static WaitReason.@Nullable Kind closed(
      Worker worker,
      String project,
      List<String> requiredCapabilities,
      @Nullable String repository,
      long now) {
    Registration registration = worker.registration();
    if (!registration.projects().takes(project)) {
      return WaitReason.Kind.NO_WORKER;
    }
    if (!registration.capabilities().containsAll(requiredCapabilities)) {
      return WaitReason.Kind.NO_CAPABILITY;
    }
    if (repository != null && !Repositories.take(registration.repositories(), repository)) {
      return WaitReason.Kind.NO_REPOSITORY;
    }
    return closed(Availability.of(worker, now));
  }

  static WaitReason.@Nullable Kind closed(Availability availability) {
    return switch (availability) {
      case REVOKED, SILENT -> WaitReason.Kind.WORKERS_SILENT;
      case RETIRED, DRAINING -> WaitReason.Kind.WORKERS_DRAINING;
      case QUARANTINED -> WaitReason.Kind.WORKERS_QUARANTINED;
      case NACKING -> WaitReason.Kind.WORKERS_NACKING;
      case FULL -> WaitReason.Kind.WORKERS_FULL;
      case READY -> null;
    };
  }
}
