package dev.sluice.admin.stops;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.bulk.BulkSamples;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Notice;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;
import dev.sluice.control.StoppedMany;
import org.jspecify.annotations.Nullable;

/**
 * @param project null for the org
 */
public record StopManyAct(AdminDependencies given, @Nullable String project) implements Act {

  private static final String PAUSE = "pause";
  private static final String ORG = "org";

  @Override
  public Section section() {
    return project == null ? Section.WORK : Section.QUEUES;
  }

  @Override
  public String verb() {
    return "stop-many";
  }

  @Override
  public String object() {
    return project == null ? "all projects" : project;
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ActForm form =
        of(visit)
            .harms()
            .saying("Claimed now: " + running(visit) + ".")
            .saying(
                "Each worker is told to stop. A slot is free when its worker confirms "
                    + "the end, or after "
                    + Formats.limit(given.rules().stopGraceMs())
                    + ". Waiting work stays, and workers continue to claim it unless the "
                    + "queue is paused.")
            .to(new BulkSamples(given.backend()).running(visit, project))
            .asking(Field.reason(typed.text(FormInput.REASON)))
            .asking(Field.box(PAUSE, pauseLabel(), typed.ticked(PAUSE)))
            .curl(
                visit.server(),
                "POST",
                "/api/stops",
                JsonText.object(
                    "project", project, PAUSE, typed.ticked(PAUSE), FormInput.REASON, "why"));
    return project == null
        ? form.asking(
            Field.text(ORG, "Name of the org", typed.text(ORG))
                .needed()
                .hint("Type the name to confirm: " + visit.org() + "."))
        : form;
  }

  private ActForm of(Visit visit) {
    return project == null
        ? ActForm.of(
            "Stop all claimed sessions",
            visit.links().to("/stops"),
            "Stop everything",
            visit.links().to(""))
        : ActForm.of(
            "Stop all claimed sessions of " + Formats.cut(project, 80),
            visit.links().queueAct(project, "stop"),
            "Stop all",
            visit.links().queue(project));
  }

  private String pauseLabel() {
    return project == null ? "First pause all queues that hold work" : "First pause the queue";
  }

  private String running(Visit visit) {
    QueueBackend backend = given.backend();
    long claimed =
        project == null
            ? backend.work().counts(visit.org()).claimed()
            : backend.queues().find(visit.org(), project).counts().claimed();
    return Formats.count(claimed, "session");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    if (project == null && !typed.required(ORG).equals(visit.org())) {
      throw new InvalidFieldException(ORG, "must be " + visit.org());
    }
    StoppedMany stopped = given.control().stopAll(actor, project, typed.ticked(PAUSE));
    String words = Formats.count(stopped.run().targets().size(), "session") + " told to stop.";
    Notice notice =
        stopped.more()
            ? Notice.look(words + " One order cannot stop all of them: stop again for the rest.")
            : Notice.done(words);
    return new ActResult.Goes(visit.links().stop(stopped.run().id()), notice);
  }

  @Override
  public void check(Visit visit) {
    if (project != null) {
      PageIds.require(project, "project", visit, Section.QUEUES);
    }
  }
}
