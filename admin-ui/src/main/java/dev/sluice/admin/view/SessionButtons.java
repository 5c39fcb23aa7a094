package dev.sluice.admin.view;

import dev.sluice.backend.Session;
import java.util.List;

/** What may be done to a session, by where it is. */
public final class SessionButtons {

  private SessionButtons() {}

  /** Of a session, on its page. */
  public static List<ActButton> of(Session session, Links links) {
    return switch (session.place()) {
      case READY, PARKED, LATER, RETURNED, DEAD -> List.of();
      case CLAIMED -> claimed(session, links);
      case ENDED -> List.of(ActButton.form("Run again", links.sessionAct(session.id(), "again")));
    };
  }

  /** What is being stopped has nothing more to be told. */
  private static List<ActButton> claimed(Session session, Links links) {
    String id = session.id();
    return session.state().terminal()
        ? List.of()
        : List.of(
            ActButton.now("Nudge", links.sessionAct(id, "nudge")),
            ActButton.form("Message", links.sessionAct(id, "message")),
            ActButton.harm("Requeue", links.sessionAct(id, "requeue")),
            ActButton.harm("Stop", links.sessionAct(id, "stop")));
  }
}
