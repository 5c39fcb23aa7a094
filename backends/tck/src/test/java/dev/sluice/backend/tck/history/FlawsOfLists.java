package dev.sluice.backend.tck.history;

import java.util.List;

/** Of lists by project, and of those without items. */
final class FlawsOfLists {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "a list of one project has other projects' sessions",
              "SessionLists",
              "project == null || session.project().equals(project)",
              "true"),
          new Flaw(
              "rows carry items", "SessionLists", "Session::withoutItem", "session -> session"),
          new Flaw(
              "returned work is listed without what is returned",
              "ModelQueue",
              "place == Place.READY ? session.inOrder() : session.place == place",
              "place == Place.READY || place == Place.RETURNED"
                  + " ? session.place == Place.READY : session.place == place"),
          new Flaw(
              "a page of standings doesn't say behind what work is parked",
              "ModelQueue",
              "row(standing(state, session))",
              "new Standing(row(standing(state, session)).session(), null, false,"
                  + " standing(state, session).queue())"));

  private FlawsOfLists() {}
}
