package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.sessions.Session;

/**
 * Something done to a session that a worker holds or held; a message may also go to one that waits.
 */
interface RunningSessionAct extends SessionAct {

  /** Where the API has it. */
  default String apiPath() {
    return "/api/sessions/" + Links.encoded(id());
  }

  /** Where it stands, as a sentence: what a form says before what it will do. */
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

  /** The worker that holds it, as sentences name it. */
  static String worker(Session session) {
    String owner = session.owner();
    return owner == null ? "none" : Formats.cut(owner, 80);
  }
}
