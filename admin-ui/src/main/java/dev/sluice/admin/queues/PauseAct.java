package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.control.Actor;

public record PauseAct(Queues queues, String project) implements QueueAct {

  @Override
  public String verb() {
    return "pause";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ProjectQueue queue = queues.find(visit.org(), project);
    ActForm form =
        ActForm.of(
                "Pause " + Formats.cut(project, 80),
                visit.links().queueAct(project, "pause"),
                "Pause",
                visit.links().queue(project))
            .saying(
                "Workers can claim no more work of this project: "
                    + Formats.count(queue.counts().waiting(), "waiting item")
                    + " now. Claimed sessions continue.")
            .asking(Field.reason(typed.text(FormInput.REASON)).needed());
    return PauseTime.asked(form, typed, visit.now())
        .curl(
            visit.server(),
            "POST",
            "/api/queues/" + Links.encoded(project) + "/pause",
            JsonText.object(
                FormInput.REASON, "why", PauseTime.UNTIL, PauseTime.iso(typed, visit.now())));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    typed.required(FormInput.REASON);
    PauseTime time = PauseTime.of(typed, visit.now());
    queues.pause(actor.org(), project, time.untilMs(), actor.note());
    return ActResult.to(
        visit.links().queue(project),
        Formats.cut(project, 80) + " is paused " + time.words() + ".");
  }
}
