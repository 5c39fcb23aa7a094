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
      case READY, PARKED, LATER, RETURNED -> "It is waiting for a worker.";
      case CLAIMED ->
          session.state().terminal()
              ? "It is being stopped already, by worker " + worker(session) + "."
              : "Worker " + worker(session) + " holds it.";
      case DEAD -> "It is a dead letter.";
      case ENDED -> "It has ended as " + session.state().wire() + ".";
    };
  }

  static String worker(Session session) {
    String owner = session.owner();
    return owner == null ? "none" : Formats.cut(owner, 80);
  }
}
