package dev.sluice.backend.stops;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param id a name as in {@link Names}, new in the org
 * @param project null for all projects
 * @param targets at most {@link StopOrders#MAX_TARGETS}, maybe none
 */
public record NewStopOrder(String id, @Nullable String project, List<StopTarget> targets) {

  public NewStopOrder {
    targets = List.copyOf(targets);
    if (targets.size() > StopOrders.MAX_TARGETS) {
      throw new IllegalArgumentException("more than " + StopOrders.MAX_TARGETS + " targets");
    }
  }

  public StopOrder ordered(AuditNote note, long atMs) {
    return new StopOrder(id, project, note.actor(), note.reason(), atMs, targets);
  }
}
