package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;

public record FrontAct(QueueBackend backend, String id) implements SessionAct {

  @Override
  public String verb() {
    return "front";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ActForm form =
        ActForm.of(
            "Move " + shown() + " to the front",
            visit.links().work(id, "front"),
            "Move to the front",
            visit.links().session(id));
    return SessionAct.ofWaiting(form, session(visit))
        .saying(
            "It goes before all other work of the org. A new priority puts"
                + " it back among the others.")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "PATCH",
            "/api/work/" + Links.encoded(id),
            JsonText.object("front", true, FormInput.REASON, "why"));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    backend.work().front(actor.org(), id, actor.note());
    return ActResult.to(visit.links().session(id), shown() + " is now first.");
  }
}
