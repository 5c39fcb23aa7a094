package dev.sluice.backend.queues;

import dev.sluice.backend.work.Repositories;
import java.util.List;

/**
 * Ready and returned work of a project that needs the same capabilities.
 *
 * @param capabilities sorted by bytes, without that of a repository
 */
public record WorkBucket(String project, List<String> capabilities, long waiting) {

  public WorkBucket {
    capabilities =
        capabilities.stream().filter(each -> !each.startsWith(Repositories.ANY)).toList();
  }
}
