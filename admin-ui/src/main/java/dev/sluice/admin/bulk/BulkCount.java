package dev.sluice.admin.bulk;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkResult;
import dev.sluice.control.BulkVerb;
import dev.sluice.control.FleetControl;

/**
 * @param more true if {@code known} is a lower bound
 */
record BulkCount(long known, boolean more) {

  /** Reads the store's counts. It has none by cause: one dry run counts those. */
  static BulkCount of(
      FleetControl control, QueueBackend backend, Visit visit, BulkVerb verb, BulkFilter filter) {
    if (filter.dead() != null || filter.error() != null) {
      Actor nobody = new Actor(visit.org(), visit.visitor().actor());
      BulkResult counted = control.bulk(nobody, filter.order(verb, 0, true, null));
      return new BulkCount(counted.matched(), counted.next() != null);
    }
    String project = filter.project();
    Counts counts =
        project == null
            ? backend.work().counts(visit.org())
            : backend.queues().find(visit.org(), project).counts();
    if (verb.ofDeadLetters()) {
      return new BulkCount(counts.dead(), false);
    }
    return new BulkCount(
        filter.places().stream().mapToLong(place -> in(counts, place)).sum(), false);
  }

  private static long in(Counts counts, Place place) {
    return switch (place) {
      case READY -> counts.ready() + counts.returned();
      case PARKED -> counts.parked();
      default -> counts.later();
    };
  }

  String words(String noun) {
    return (more ? "At least " : "") + Formats.count(known, noun);
  }
}
