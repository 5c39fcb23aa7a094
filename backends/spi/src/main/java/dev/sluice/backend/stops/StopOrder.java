package dev.sluice.backend.stops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to stop many sessions.
 *
 * @param id unique in the org while kept
 * @param project null for all projects
 * @param reason may be empty
 * @param atMs the store's time, epoch ms
 * @param targets in the order of stopping
 */
public record StopOrder(
    String id,
    @Nullable String project,
    String actor,
    String reason,
    long atMs,
    List<StopTarget> targets) {

  public StopOrder {
    targets = List.copyOf(targets);
  }
}
