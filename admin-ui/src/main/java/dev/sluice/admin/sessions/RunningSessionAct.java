package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Session;

/** An act on a claimed or ended session; messages also on waiting ones. */
interface RunningSessionAct extends SessionAct {

  default String apiPath() {
    return "/api/sessions/" + Links.encoded(id());
  }

  static String standing(Session session) {
    return switch (session.place()) {
      case READY, PARKED, LATER, RETURNED -> "Waiting for a worker.";
      case CLAIMED ->
          session.state().terminal()
              ? "Being stopped already, by worker " + worker(session) + "."
              : "Claimed by worker " + worker(session) + ".";
      case DEAD -> "A dead letter.";
      case ENDED -> "Ended as " + session.state().wire() + ".";
    };
  }

  static String worker(Session session) {
    String owner = session.owner();
    return owner == null ? "none" : Formats.cut(owner, 80);
  }
}
