package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.PausedMany;

/** Resumes what the operator paused with {@link PauseAllAct}, or all. */
public record ResumeAllAct(FleetControl control) implements AllQueuesAct {

  private static final String ANYONE = "anyone";

  @Override
  public String verb() {
    return "resume";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    PausedMany preview = control.resumeAll(AllQueuesAct.looking(visit), false, ALL, true);
    int own = preview.changed().size();
    int others = preview.left().size();
    ActForm form =
        ActForm.of(
                "Resume all I paused",
                visit.links().to("/resume-all"),
                "Resume",
                visit.links().to(Section.QUEUES.path()))
            .saying(
                own == 0
                    ? "No project is paused by your “Pause all”."
                    : AllQueuesAct.projects(own)
                        + " paused by your “Pause all”. Workers can claim their work again, in the"
                        + " same order.")
            .toEach(AllQueuesAct.things(visit, preview.changed()));
    if (others > 0) {
      form.asking(
          Field.box(
                  ANYONE,
                  "Also resume " + Formats.count(others, "project") + " paused in another way",
                  typed.ticked(ANYONE))
              .hint("Paused by others, or one at a time."));
    }
    return form.asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            "/api/queues/resume",
            JsonText.object("by", typed.ticked(ANYONE) ? ANYONE : null, FormInput.REASON, "why"));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    PausedMany done = control.resumeAll(actor, typed.ticked(ANYONE), ALL, false);
    return ActResult.to(
        visit.links().to(Section.QUEUES.path()),
        AllQueuesAct.projects(done.changed().size())
            + " open again."
            + (done.left().isEmpty()
                ? ""
                : " " + Formats.count(done.left().size()) + " still paused."));
  }
}
