package dev.sluice.admin.pages;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.WaitingRow;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.Standing;
import dev.sluice.backend.WaitReason;
import dev.sluice.backend.WhyItWaits;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.Worker;
import java.util.List;
import java.util.Optional;

/** Waiting work with why it waits: one question to the store an item. */
final class WaitingRows {

  private final WorkQueue work;

  WaitingRows(WorkQueue work) {
    this.work = work;
  }

  /** The rows of a page; what is gone since it was listed is left out. */
  List<WaitingRow> of(Page<Session> page, Visit visit) {
    return page.items().stream().flatMap(session -> row(session, visit).stream()).toList();
  }

  /** Why a session waits; empty for one that doesn't. */
  List<WaitReason> reasons(Standing standing, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> workers = fleet == null ? List.of() : fleet.workers();
    return WhyItWaits.reasons(standing, workers, visit.now());
  }

  private Optional<WaitingRow> row(Session listed, Visit visit) {
    try {
      Standing standing = work.standing(visit.org(), listed.id()).value();
      return Optional.of(
          WaitingRow.of(standing.session(), reasons(standing, visit), visit.links(), visit.now()));
    } catch (RefusedException gone) {
      return Optional.empty();
    }
  }
}
