package dev.sluice.backend.tck.model;

import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import java.util.ArrayList;
import java.util.List;

/** The messages that a poll brings: docs/rules.md, "Poll" 6. */
final class Offers {

  private Offers() {}

  /** Messages to the sessions that the worker knows of already; each is hidden for a while now. */
  static List<Message> offer(OrgState org, ModelWorker worker, List<ModelSession> handedOut) {
    List<Message> offered = new ArrayList<>();
    for (ModelSession session : org.activeSet(worker)) {
      if (session.damaged || handedOut.contains(session)) {
        continue;
      }
      for (ModelSession.Unacked chosen : choose(org, session)) {
        chosen.hiddenUntil = org.now + org.rules.visibilityMs();
        offered.add(chosen.message);
      }
    }
    return offered;
  }

  private static List<ModelSession.Unacked> choose(OrgState org, ModelSession session) {
    List<ModelSession.Unacked> unread =
        session.inbox.stream()
            .filter(m -> m.hiddenUntil <= org.now)
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

  private static List<ModelSession.Unacked> inLane(List<ModelSession.Unacked> messages, Lane lane) {
    return messages.stream().filter(m -> m.message.lane() == lane).toList();
  }
}
