package dev.sluice.fleet;

import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.backend.workers.Worker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are scaled together.
 *
 * @param capabilities that each of them has; null for any
 * @param repository that each of them lists; null for any
 */
public record WorkerPool(@Nullable Set<String> capabilities, @Nullable String repository) {

  public static final WorkerPool ALL = new WorkerPool(null, null);

  public WorkerPool {
    capabilities = capabilities == null ? null : withLowerLevels(capabilities);
  }

  /** A machine that reaches a level of security has the lower ones too. */
  private static Set<String> withLowerLevels(Set<String> capabilities) {
    Set<String> all = new HashSet<>(capabilities);
    for (String capability : capabilities) {
      if (SecurityLevels.isLevel(capability) && SecurityLevels.rank(capability) > 0) {
        String[] parts = capability.split(">=", 2);
        all.addAll(SecurityLevels.upTo(parts[0], parts[1]));
      }
    }
    return Set.copyOf(all);
  }

  boolean all() {
    return capabilities == null && repository == null;
  }

  boolean takes(WorkBucket bucket) {
    String named = bucket.repository();
    return (capabilities == null || capabilities.containsAll(bucket.capabilities()))
        && (repository == null || named == null || Repositories.take(List.of(repository), named));
  }

  /** True for a worker with these capabilities and no other ones. */
  boolean has(Worker worker) {
    return (capabilities == null
            || capabilities.equals(new HashSet<>(worker.registration().capabilities())))
        && (repository == null || worker.registration().repositories().contains(repository));
  }
}
