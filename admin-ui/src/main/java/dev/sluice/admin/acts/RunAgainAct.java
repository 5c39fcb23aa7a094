package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Json;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Place;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Session;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import java.util.Set;

/** Lets a session that has ended run anew. */
record RunAgainAct(FleetControl control, QueueBackend backend, String id)
    implements RunningSessionAct {

  @Override
  public String verb() {
    return "requeue";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    Session session = session(visit);
    return ActForm.of(
            "Run session " + shown() + " again",
            visit.links().sessionAct(id, "again"),
            "Run again",
            visit.links().session(id))
        .saying(RunningSessionAct.standing(session))
        .saying(
            "It goes into the queue of project "
                + Formats.cut(session.project(), 80)
                + " with its old place and fresh counts. A deadline that has passed is forgotten.")
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(), "POST", apiPath() + "/requeue", Json.object(Typed.REASON, "why")));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireId(visit);
    control.requeue(actor, id, Set.of(Place.ENDED));
    return Done.to(visit.links().session(id), "Session " + shown() + " waits for a worker again.");
  }
}
