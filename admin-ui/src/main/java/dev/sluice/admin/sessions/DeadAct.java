package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import java.util.Set;

/**
 * @param requeue false to discard
 */
public record DeadAct(QueueBackend backend, String id, boolean requeue) implements SessionAct {

  @Override
  public Section section() {
    return Section.WORK;
  }

  @Override
  public String verb() {
    return requeue ? "requeue" : "discard";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    String path = "/api/dead/" + Links.encoded(id);
    ActForm form =
        dead(SessionAct.says(of(visit), session), session)
            .asking(Field.reason(typed.text(FormInput.REASON)));
    return requeue
        ? SessionAct.saysDeadline(form, session, visit.now())
            .curl(visit.server(), "POST", path + "/requeue", "{\"reason\":\"why\"}")
        : form.harms().curl(visit.server(), "DELETE", path + "?reason=why", null);
  }

  private ActForm of(Visit visit) {
    String action = visit.links().dead(id, verb());
    String back = visit.links().session(id);
    return requeue
        ? ActForm.of("Requeue " + shown(), action, "Requeue", back)
            .saying("It waits again in its old place, with fresh counts.")
        : ActForm.of("Discard " + shown(), action, "Discard", back)
            .saying("It ends as failed and is kept as long as other ended sessions.");
  }

  private static ActForm dead(ActForm form, Session session) {
    if (session.place() != Place.DEAD) {
      return form.refused("It is no longer a dead letter: it is " + session.place().wire() + ".");
    }
    DeadReason reason = session.dead();
    return reason == null ? form : form.saying("Reason: " + reason.words() + ".");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    if (requeue) {
      backend.sessions().requeue(actor.org(), id, Set.of(Place.DEAD), actor.note());
      return ActResult.to(visit.links().session(id), shown() + " waits again.");
    }
    backend.sessions().stop(actor.org(), id, actor.stopMessage(), Set.of(Place.DEAD), actor.note());
    return ActResult.to(visit.links().session(id), shown() + " is discarded.");
  }
}
