package dev.sluice.admin.queues;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Page;
import dev.sluice.backend.work.Standing;
import dev.sluice.backend.work.WaitReason;
import dev.sluice.backend.work.WhyItWaits;
import dev.sluice.backend.workers.Worker;
import java.util.List;

public final class WaitingRows {

  private WaitingRows() {}

  static List<WaitingRow> of(Page<Standing> page, Visit visit) {
    return page.items().stream()
        .map(
            standing ->
                WaitingRow.of(
                    standing.session(), reasons(standing, visit), visit.links(), visit.now()))
        .toList();
  }

  /** Returns nothing for a session that does not wait. */
  public static List<WaitReason> reasons(Standing standing, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> workers = fleet == null ? List.of() : fleet.workers();
    return WhyItWaits.reasons(standing, workers, visit.now());
  }
}
