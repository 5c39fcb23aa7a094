package dev.sluice.admin.acts.bulk;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.Role;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.Done;
import dev.sluice.admin.acts.FieldProblem;
import dev.sluice.admin.acts.Typed;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Json;
import dev.sluice.admin.view.Notice;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Ids;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.QueueBackend;
import dev.sluice.control.Actor;
import dev.sluice.control.StoppedMany;
import org.jspecify.annotations.Nullable;

/**
 * Stops all that runs in a project, or in the org.
 *
 * @param project null for the org
 */
public record StopManyAct(AdminDependencies given, @Nullable String project) implements Act {

  private static final String PAUSE = "pause";
  private static final String ORG = "org";

  @Override
  public Section section() {
    return project == null ? Section.SESSIONS : Section.QUEUES;
  }

  @Override
  public Role role() {
    return Role.OPERATOR;
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
  public ActForm form(Visit visit, Typed typed) {
    requireName(visit);
    ActForm form =
        of(visit)
            .harms()
            .saying("At work there: " + running(visit) + ".")
            .saying(
                "Each is told to stop. Its slot is free as soon as its worker says that it ended,"
                    + " or after "
                    + Formats.limit(given.rules().stopGraceMs())
                    + ". What waits stays, and goes on being handed out unless paused.")
            .to(new Samples(given.backend()).running(visit, project))
            .asking(Field.reason(typed.text(Typed.REASON)))
            .asking(Field.box(PAUSE, pauseLabel(), typed.ticked(PAUSE)))
            .curl(
                CurlLine.of(
                    visit.server(),
                    "POST",
                    "/api/stops",
                    Json.object(
                        "project", project, PAUSE, typed.ticked(PAUSE), Typed.REASON, "why")));
    return project == null
        ? form.asking(
            Field.text(ORG, "Name of the org", typed.text(ORG))
                .needed()
                .hint("To be sure: " + visit.org() + "."))
        : form;
  }

  private ActForm of(Visit visit) {
    return project == null
        ? ActForm.of(
            "Stop everything that runs",
            visit.links().to("/stops"),
            "Stop everything",
            visit.links().to(""))
        : ActForm.of(
            "Stop all that runs in " + Formats.cut(project, 80),
            visit.links().queueAct(project, "stop"),
            "Stop all",
            visit.links().queue(project));
  }

  private String pauseLabel() {
    return project == null ? "Pause all queues that hold work first" : "Pause the queue first";
  }

  /** How many sessions, as the store counts them. */
  private String running(Visit visit) {
    QueueBackend backend = given.backend();
    long claimed =
        project == null
            ? backend.work().counts(visit.org()).value().claimed()
            : backend.queues().find(visit.org(), project).value().counts().claimed();
    return Formats.count(claimed, "session");
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireName(visit);
    if (project == null && !typed.required(ORG).equals(visit.org())) {
      throw new FieldProblem(ORG, "must be " + visit.org());
    }
    StoppedMany stopped = given.control().stopAll(actor, project, typed.ticked(PAUSE));
    String words = Formats.count(stopped.run().targets().size(), "session") + " told to stop.";
    Notice notice =
        stopped.more()
            ? Notice.look(words + " More run than one order stops: stop again for the rest.")
            : Notice.done(words);
    return new Done.Goes(visit.links().stop(stopped.run().id()), notice);
  }

  private void requireName(Visit visit) {
    if (project != null) {
      Ids.require(project, "project", visit, Section.QUEUES);
    }
  }
}
