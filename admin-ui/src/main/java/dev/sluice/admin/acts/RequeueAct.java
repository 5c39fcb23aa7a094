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

/** Takes a session from the worker that holds it, and puts it back into the queue. */
record RequeueAct(FleetControl control, QueueBackend backend, String id)
    implements RunningSessionAct {

  @Override
  public String verb() {
    return "requeue";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    Session session = session(visit);
    return ActForm.of(
            "Requeue session " + shown(),
            visit.links().sessionAct(id, "requeue"),
            "Requeue",
            visit.links().session(id))
        .harms()
        .saying(RunningSessionAct.standing(session))
        .saying(
            "It goes back into the queue of project "
                + Formats.cut(session.project(), 80)
                + " with its old place; nothing is counted against it.")
        .saying(
            "The worker that holds it loses it for good: its slot is free at once, its calls about"
                + " this session are refused, and what it did is lost to the next one.")
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(), "POST", apiPath() + "/requeue", Json.object(Typed.REASON, "why")));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireId(visit);
    Session session = control.requeue(actor, id, Set.of(Place.CLAIMED));
    return Done.to(
        visit.links().session(id),
        "Session "
            + shown()
            + " is back in the queue of project "
            + Formats.cut(session.project(), 80)
            + ".");
  }
}
