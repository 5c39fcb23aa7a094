package dev.sluice.backend.tck.model;

import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.Score;
import java.util.List;
import java.util.stream.Stream;

/** Since when the oldest work of a project waits: docs/rules.md, "Queues of projects". */
final class Oldest {

  private Oldest() {}

  /** The smallest enqueue time of what is in the project's order of hand-out; 0 for none. */
  static long queuedAt(OrgState org, String project) {
    List<ModelSession> order =
        org.sessions.stream()
            .filter(session -> session.inOrder() && session.project().equals(project))
            .sorted(ModelSession.ORDER)
            .toList();
    Stream<ModelSession> fronted =
        order.stream()
            .filter(session -> Score.isFront(session.score))
            .limit(ProjectQueue.FRONT_LOOKED_AT)
            .filter(session -> !session.damaged);
    Stream<ModelSession> rest = order.stream().filter(session -> !Score.isFront(session.score));
    return Stream.concat(fronted, rest)
        .mapToLong(session -> session.work.queuedAtMs())
        .min()
        .orElse(0);
  }
}
