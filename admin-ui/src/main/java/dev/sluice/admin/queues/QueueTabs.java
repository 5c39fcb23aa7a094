package dev.sluice.admin.queues;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.work.WorkState;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import java.util.List;

public final class QueueTabs {

  /** Waiting includes returned. */
  static final List<WorkState> STATES =
      List.of(
          WorkState.WAITING,
          WorkState.PARKED,
          WorkState.LATER,
          WorkState.RETURNED,
          WorkState.RUNNING,
          WorkState.DEAD);

  private QueueTabs() {}

  static List<Tab> of(ProjectQueue queue, WorkState current, Links links) {
    return STATES.stream()
        .map(
            state ->
                new Tab(
                    state.place().wire(),
                    links.queue(queue.project(), "place", state.place().wire()),
                    Formats.count(count(queue.counts(), state)),
                    state == current))
        .toList();
  }

  private static long count(Counts counts, WorkState state) {
    return switch (state) {
      case WAITING -> counts.ready() + counts.returned();
      case PARKED -> counts.parked();
      case LATER -> counts.later();
      case RETURNED -> counts.returned();
      case RUNNING -> counts.claimed();
      default -> counts.dead();
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
