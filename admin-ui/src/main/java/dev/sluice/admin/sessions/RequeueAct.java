package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import java.util.Set;

public record RequeueAct(QueueBackend backend, String id, boolean ended)
    implements RunningSessionAct {

  @Override
  public String verb() {
    return "requeue";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    String project = Formats.cut(session.project(), 80);
    return (ended ? again(visit, session, project) : taking(visit, session, project))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            apiPath() + "/requeue",
            JsonText.object(FormInput.REASON, "why"));
  }

  private ActForm again(Visit visit, Session session, String project) {
    ActForm form =
        ActForm.of(
                "Run session " + shown() + " again",
                visit.links().sessionAct(id, "again"),
                "Run again",
                visit.links().session(id))
            .saying(RunningSessionAct.standing(session))
            .saying(
                "It goes into the queue of project "
                    + project
                    + ", to its old place with fresh counts.");
    return SessionAct.saysDeadline(form, session, visit.now());
  }

  private ActForm taking(Visit visit, Session session, String project) {
    return ActForm.of(
            "Requeue session " + shown(),
            visit.links().sessionAct(id, "requeue"),
            "Requeue",
            visit.links().session(id))
        .harms()
        .saying(RunningSessionAct.standing(session))
        .saying(
            "It returns to the queue of project "
                + project
                + ", to its old place. No attempt is counted.")
        .saying(
            "Its worker loses the claim: the slot is free at once, its calls about "
                + "this session are refused, and its progress is lost.");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    Place from = ended ? Place.ENDED : Place.CLAIMED;
    Session session = backend.sessions().requeue(actor.org(), id, Set.of(from), actor.note());
    return ActResult.to(
        visit.links().session(id),
        "Session "
            + shown()
            + (ended
                ? " is waiting for a worker again."
                : " is back in the queue of project " + Formats.cut(session.project(), 80) + "."));
  }
}
