package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;

public record CancelAct(QueueBackend backend, String id) implements SessionAct {

  @Override
  public String verb() {
    return "stop";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ActForm form =
        ActForm.of(
            "Cancel " + shown(),
            visit.links().work(id, "cancel"),
            "Cancel work",
            visit.links().session(id));
    return SessionAct.ofWaiting(form, session(visit))
        .harms()
        .saying("It ends as stopped. If a worker claims it meanwhile, nothing is " + "changed.")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "DELETE", "/api/work/" + Links.encoded(id) + "?reason=why", null);
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    backend.sessions().stop(actor.org(), id, actor.stopMessage(), Place.WAITING, actor.note());
    return ActResult.to(visit.links().session(id), shown() + " is cancelled.");
  }
}
