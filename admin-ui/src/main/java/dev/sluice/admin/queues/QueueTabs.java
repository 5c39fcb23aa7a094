package dev.sluice.admin.queues;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Tab;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.work.Place;
import java.util.List;

public final class QueueTabs {

  /** Ready includes returned. */
  public static final List<Place> PLACES =
      List.of(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED, Place.CLAIMED, Place.DEAD);

  private QueueTabs() {}

  public static List<Tab> of(ProjectQueue queue, Place current, Links links) {
    return PLACES.stream()
        .map(
            place ->
                new Tab(
                    place.wire(),
                    links.queue(queue.project(), "place", place.wire()),
                    Formats.count(count(queue.counts(), place)),
                    place == current))
        .toList();
  }

  private static long count(Counts counts, Place place) {
    return switch (place) {
      case READY -> counts.ready() + counts.returned();
      case PARKED -> counts.parked();
      case LATER -> counts.later();
      case RETURNED -> counts.returned();
      case CLAIMED -> counts.claimed();
      default -> counts.dead();
    };
  }

  public static String note(Place place) {
    return switch (place) {
      case READY -> "In claim order, including returned work.";
      case PARKED -> "Behind another session of the same issue.";
      case LATER -> "Scheduled for a later time.";
      case RETURNED -> "Nacked by a worker, and for a while not offered to it.";
      case CLAIMED -> "Longest claimed first.";
      default -> "Latest first.";
    };
  }

  public static String limits(ProjectQueue queue) {
    Integer most = queue.limits().maxConcurrent();
    String spent = QueueRow.spent(queue);
    return (most == null
            ? "No limit of claimed sessions, "
            : "At most " + Formats.count(most, "claimed session") + ", ")
        + (spent == null ? "no budget" : spent + " spent today");
  }
}
