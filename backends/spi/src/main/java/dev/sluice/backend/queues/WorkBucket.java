package dev.sluice.backend.queues;

import java.util.List;

/**
 * Ready and returned work of a project that needs the same capabilities, whatever its repositories.
 *
 * @param capabilities sorted by bytes
 */
public record WorkBucket(String project, List<String> capabilities, long waiting) {

  public WorkBucket {
    capabilities = List.copyOf(capabilities);
  }
}
