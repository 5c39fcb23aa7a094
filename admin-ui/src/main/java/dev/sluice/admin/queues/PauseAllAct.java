package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.PauseMany;
import dev.sluice.control.PausedMany;

public record PauseAllAct(FleetControl control) implements AllQueuesAct {

  @Override
  public String verb() {
    return "pause";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    PausedMany preview = control.pauseAll(AllQueuesAct.looking(visit), 0, ALL, true);
    long waiting = preview.changed().stream().mapToLong(each -> each.counts().waiting()).sum();
    ActForm form =
        ActForm.of(
                "Pause all projects",
                visit.links().to("/pause-all"),
                "Pause " + Formats.count(preview.changed().size(), "project"),
                visit.links().to(Section.QUEUES.path()))
            .saying(
                "Workers can claim no more work of these projects: "
                    + Formats.count(waiting, "waiting item")
                    + " now. Claimed sessions continue.")
            .saying(
                (preview.left().isEmpty()
                        ? ""
                        : AllQueuesAct.projects(preview.left().size())
                            + " paused already and left as before. ")
                    + "A project that gets its first work later is not paused.")
            .toEach(AllQueuesAct.things(visit, preview.changed()))
            .asking(Field.reason(typed.text(FormInput.REASON)).needed());
    return PauseTime.asked(form, typed, visit.now())
        .curl(
            visit.server(),
            "POST",
            "/api/queues/pause",
            JsonText.object(
                FormInput.REASON, "why", PauseTime.UNTIL, PauseTime.iso(typed, visit.now())));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    String problem = PauseMany.problem(typed.required(FormInput.REASON));
    if (problem != null) {
      throw new InvalidFieldException(FormInput.REASON, problem);
    }
    PauseTime time = PauseTime.of(typed, visit.now());
    PausedMany done = control.pauseAll(actor, time.untilMs(), ALL, false);
    return ActResult.to(
        visit.links().to(Section.QUEUES.path()),
        AllQueuesAct.projects(done.changed().size())
            + " paused "
            + time.words()
            + "."
            + (done.left().isEmpty()
                ? ""
                : " " + Formats.count(done.left().size()) + " paused before, left as before."));
  }
}
