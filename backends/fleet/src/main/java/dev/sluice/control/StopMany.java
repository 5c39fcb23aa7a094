package dev.sluice.control;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class StopMany {

  private final QueueBackend backend;
  private final String org;

  StopMany(QueueBackend backend, String org) {
    this.backend = backend;
    this.org = org;
  }

  /**
   * @param more true if there are more than an order may stop
   */
  record Running(List<StopTarget> targets, boolean more) {

    NewStopOrder order(String id, @Nullable String project) {
      return new NewStopOrder(id, project, targets);
    }
  }

  /** The longest claimed first. */
  Running running(@Nullable String project) {
    List<StopTarget> targets = new ArrayList<>();
    Cursor cursor = null;
    do {
      Page<Claim> page = backend.sessions().claims(org, project, cursor, Page.MAX);
      for (Claim claim : page.items()) {
        if (targets.size() == StopOrders.MAX_TARGETS) {
          return new Running(targets, true);
        }
        targets.add(new StopTarget(claim.id(), claim.token()));
      }
      cursor = page.next();
    } while (cursor != null);
    return new Running(targets, false);
  }

  /** Queues to pause: the project's, or all that hold work; none that is paused without an end. */
  List<String> open(@Nullable String project) {
    List<ProjectQueue> queues = new ArrayList<>();
    if (project != null) {
      queues.add(backend.queues().find(org, project));
    } else {
      Page.all(cursor -> backend.queues().list(org, cursor, Page.MAX)).stream()
          .filter(StopMany::holdsWork)
          .forEach(queues::add);
    }
    return queues.stream()
        .filter(queue -> !closedForGood(queue.pause()))
        .map(ProjectQueue::project)
        .toList();
  }

  private static boolean holdsWork(ProjectQueue queue) {
    return queue.counts().waiting() + queue.counts().claimed() > 0;
  }

  private static boolean closedForGood(@Nullable Pause pause) {
    return pause != null && pause.untilMs() == 0;
  }
}
