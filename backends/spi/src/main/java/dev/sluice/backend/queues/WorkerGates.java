package dev.sluice.backend.queues;

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
    Registration.@Nullable Missing missing =
        worker.registration().missing(project, requiredCapabilities, repository);
    return missing == null ? closed(Availability.of(worker, now)) : kind(missing);
  }

  private static WaitReason.Kind kind(Registration.Missing missing) {
    return switch (missing) {
      case PROJECT -> WaitReason.Kind.NO_WORKER;
      case CAPABILITY -> WaitReason.Kind.NO_CAPABILITY;
      case REPOSITORY -> WaitReason.Kind.NO_REPOSITORY;
    };
  }

  private static WaitReason.@Nullable Kind closed(Availability availability) {
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
