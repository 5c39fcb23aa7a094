package dev.sluice.backend.stops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored {@link NewStopOrder}.
 *
 * @param id unique in the org while kept
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
