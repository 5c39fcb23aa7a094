package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;

/** An act on a claimed or ended session; messages also on waiting ones. */
interface RunningSessionAct extends SessionAct {

  default String apiPath() {
    return "/api/sessions/" + Links.encoded(id());
  }

  static String standing(Session session) {
    return switch (session.place()) {
      case READY, PARKED, LATER, RETURNED -> "Waiting for a worker.";
      case CLAIMED ->
          stopping(session)
              ? "Being stopped already, by worker " + worker(session) + "."
              : "Claimed by worker " + worker(session) + ".";
      case DEAD -> "A dead letter.";
      case ENDED -> "Ended as " + session.state().wire() + ".";
    };
  }

  /** True if the session has been stopped and still holds its slot. */
  static boolean stopping(Session session) {
    return session.place() == Place.CLAIMED && session.state().terminal();
  }

  static String worker(Session session) {
    String owner = session.owner();
    return owner == null ? "none" : Formats.cut(owner, 80);
  }
}
