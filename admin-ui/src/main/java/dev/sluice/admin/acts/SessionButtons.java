package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import java.util.List;

public final class SessionButtons {

  private static final String BACK = "back";

  private SessionButtons() {}

  public static ActButton.Menu of(Session session, Links links) {
    return ActButton.menu(all(session, links));
  }

  public static ActButton.Menu of(Claim claim, Links links) {
    return ActButton.menu(claimed(claim.id(), claim.state(), links));
  }

  private static List<ActButton> all(Session session, Links links) {
    return switch (session.place()) {
      case READY, PARKED, LATER, RETURNED -> waiting(session.id(), links);
      case DEAD -> dead(session.id(), links);
      case CLAIMED -> claimed(session.id(), session.state(), links);
      case ENDED -> List.of(ActButton.form("Run again", links.sessionAct(session.id(), "again")));
    };
  }

  private static List<ActButton> waiting(String id, Links links) {
    return List.of(
        ActButton.form("Priority", links.work(id, "priority")),
        ActButton.form("To the front", links.work(id, "front")),
        ActButton.harm("Cancel", links.work(id, "cancel")));
  }

  private static List<ActButton> dead(String id, Links links) {
    return List.of(
        ActButton.form("Requeue", links.dead(id, "requeue")),
        ActButton.harm("Discard", links.dead(id, "discard")));
  }

  private static List<ActButton> claimed(String id, SessionState state, Links links) {
    return state.terminal()
        ? List.of()
        : List.of(
            ActButton.now("Nudge", links.sessionAct(id, "nudge")),
            ActButton.form("Message", links.sessionAct(id, "message")),
            ActButton.harm("Requeue", links.sessionAct(id, "requeue")),
            ActButton.harm("Stop", links.sessionAct(id, "stop")));
  }

  public static List<ActButton> waitingRow(String id, Links links, String page) {
    return List.of(ActButton.form("Front", links.work(id, "front", BACK, page)));
  }

  public static List<ActButton> deadRow(String id, Links links, String page) {
    return List.of(ActButton.form("Requeue", links.dead(id, "requeue", BACK, page)));
  }
}
