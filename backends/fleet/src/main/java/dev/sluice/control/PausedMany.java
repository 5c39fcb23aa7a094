package dev.sluice.control;

import dev.sluice.backend.queues.ProjectQueue;
import java.util.List;

/**
 * Queues before a pause or resume of all, by name.
 *
 * @param changed paused or resumed ones
 * @param left ones that are paused and stay so
 */
public record PausedMany(List<ProjectQueue> changed, List<ProjectQueue> left) {

  public PausedMany {
    changed = List.copyOf(changed);
    left = List.copyOf(left);
  }
}
