package dev.sluice.backend.tck.model;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that a poll brings: docs/rules.md, "Poll" 6. */
final class Offers {

  private Offers() {}

  /** For a worker that acknowledges nothing its next poll does: it has had the answer before. */
  static void acknowledge(OrgState org, ModelWorker worker) {
    if (worker.dialect != Dialect.SNAKE_CASE) {
      return;
    }
    for (ModelSession session : org.activeSet(worker)) {
      if (!session.damaged) {
        List.copyOf(session.inbox).stream()
            .filter(m -> isOfferedTo(worker.id(), m))
            .forEach(m -> Acknowledging.acknowledge(org, session, m, worker.id()));
      }
    }
  }

  /** Messages to the sessions that the worker knows of already; each is hidden for a while now. */
  static List<Message> offer(
      OrgState org, ModelWorker worker, List<ModelSession> handedOut, boolean repeated) {
    List<Message> offered = new ArrayList<>();
    if (worker.dialect == Dialect.GO_DAEMON) {
      return offered;
    }
    // Its next poll would acknowledge what the lost answer of this one brought.
    boolean again = repeated && worker.dialect == Dialect.SNAKE_CASE;
    for (ModelSession session : org.activeSet(worker)) {
      if (session.damaged || handedOut.contains(session)) {
        continue;
      }
      for (ModelSession.Unacked chosen : choose(org, session, again ? worker.id() : null)) {
        chosen.offeredTo = worker.id();
        offered.add(chosen.offer(org));
      }
    }
    return offered;
  }

  private static List<ModelSession.Unacked> choose(
      OrgState org, ModelSession session, @Nullable String againTo) {
    List<ModelSession.Unacked> unread =
        session.inbox.stream()
            .filter(m -> m.hiddenUntil <= org.now || isOfferedTo(againTo, m))
            .filter(m -> !session.inStopGrace() || m.message.type() == MessageType.STOP)
            .toList();
    List<ModelSession.Unacked> urgent = inLane(unread, Lane.URGENT);
    List<ModelSession.Unacked> normal = inLane(unread, Lane.NORMAL);
    int normalTaken = org.rules.normalTaken(urgent.size(), normal.size());
    int urgentTaken = Math.min(urgent.size(), org.rules.messagesPerRead() - normalTaken);

    List<ModelSession.Unacked> chosen = new ArrayList<>(urgent.subList(0, urgentTaken));
    chosen.addAll(normal.subList(0, normalTaken));
    return chosen;
  }

  private static boolean isOfferedTo(@Nullable String workerId, ModelSession.Unacked message) {
    return workerId != null && workerId.equals(message.offeredTo);
  }

  private static List<ModelSession.Unacked> inLane(List<ModelSession.Unacked> messages, Lane lane) {
    return messages.stream().filter(m -> m.message.lane() == lane).toList();
  }
}
