package dev.sluice.backend.queues;

import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Explains why a worker doesn't get work that waits. Never part of a poll. */
public final class WhyNoWork {

  private WhyNoWork() {}

  /**
   * Returns what keeps the work of a bucket from a worker: all that closes its queue, and the first
   * reason of the worker's own. None if its next poll may get some, which other workers may be
   * quicker to take. A worker's nacks aren't looked at.
   *
   * @param now epoch ms
   */
  public static List<WaitReason> reasons(
      Worker worker, ProjectQueue queue, WorkBucket bucket, long now) {
    List<WaitReason> reasons = new ArrayList<>(WhyItWaits.queue(queue));
    WaitReason.@Nullable Kind kind =
        WorkerGates.closed(
            worker, bucket.project(), bucket.capabilities(), bucket.repository(), now);
    if (kind != null) {
      reasons.add(new WaitReason(kind, words(kind, worker, bucket, now)));
    }
    return List.copyOf(reasons);
  }

  private static String words(WaitReason.Kind kind, Worker worker, WorkBucket bucket, long now) {
    return switch (kind) {
      case NO_WORKER -> "it doesn't take project " + bucket.project();
      case NO_CAPABILITY -> missing(worker, bucket.capabilities());
      case NO_REPOSITORY ->
          WorkBucket.OTHERS.equals(bucket.repository())
              ? "it lists only some repositories"
              : "it doesn't list repository " + bucket.shown();
      default -> unavailable(worker, now);
    };
  }

  private static String missing(Worker worker, List<String> required) {
    Set<String> own = Set.copyOf(worker.registration().capabilities());
    List<String> missing = required.stream().filter(needed -> !own.contains(needed)).toList();
    return missing.stream()
        .filter(SecurityLevels::isLevel)
        .findFirst()
        .map(level -> SecurityLevels.shortfallOfOne(level, own))
        .orElse("it lacks " + String.join(", ", missing));
  }

  private static String unavailable(Worker worker, long now) {
    return switch (Availability.of(worker, now)) {
      case REVOKED -> "its credential was revoked";
      case SILENT -> "it is silent";
      case RETIRED -> "a later worker of its machine has replaced it";
      case DRAINING -> "it is draining";
      case QUARANTINED ->
          "it is quarantined until "
              + Instant.ofEpochMilli(worker.quarantinedUntilMs())
              + ", because it "
              + worker.quarantineReason(now);
      case NACKING -> "it is kept from work by too many standing nacks";
      case FULL -> "it is full";
      case READY -> throw new IllegalArgumentException("it is ready");
    };
  }
}
