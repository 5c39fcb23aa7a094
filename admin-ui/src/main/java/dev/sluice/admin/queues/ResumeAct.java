package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.Queues;
import dev.sluice.control.Actor;

public record ResumeAct(Queues queues, String project) implements QueueAct {

  @Override
  public String verb() {
    return "resume";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    return ActForm.of(
            "Resume " + Formats.cut(project, 80),
            visit.links().queueAct(project, "resume"),
            "Resume",
            visit.links().queue(project))
        .saying("Workers can claim its work again, in the same order.")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "POST", "/api/queues/" + Links.encoded(project) + "/resume", "{}");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    queues.resume(actor.org(), project, actor.note());
    return ActResult.to(visit.links().queue(project), Formats.cut(project, 80) + " is open again.");
  }
}
