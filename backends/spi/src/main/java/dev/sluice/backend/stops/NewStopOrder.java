package dev.sluice.backend.stops;

import dev.sluice.backend.Names;
import dev.sluice.backend.audit.AuditNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to stop many sessions, before it is stored.
 *
 * @param id a name as in {@link Names}, new in the org
 * @param project whose sessions; null for those of all projects
 * @param targets at most {@link StopOrders#MAX_TARGETS}, perhaps none
 */
public record NewStopOrder(String id, @Nullable String project, List<StopTarget> targets) {

  /**
   * Copies the targets.
   *
   * @throws IllegalArgumentException for too many
   */
  public NewStopOrder {
    targets = List.copyOf(targets);
    if (targets.size() > StopOrders.MAX_TARGETS) {
      throw new IllegalArgumentException("more than " + StopOrders.MAX_TARGETS + " targets");
    }
  }

  /** As it is stored. */
  public StopOrder ordered(AuditNote note, long atMs) {
    return new StopOrder(id, project, note.actor(), note.reason(), atMs, targets);
  }
}
