package dev.sluice.admin.acts.session;

import dev.sluice.admin.acts.Done;
import dev.sluice.admin.acts.FieldProblem;
import dev.sluice.admin.acts.Typed;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Json;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Score;
import dev.sluice.control.Actor;
import java.util.List;
import java.util.stream.IntStream;

/** Gives waiting work another priority. */
public record PriorityAct(QueueBackend backend, String id) implements SessionAct {

  public static final String PRIORITY = "priority";

  @Override
  public String verb() {
    return "reprioritise";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    Session session = session(visit);
    ActForm form =
        ActForm.of(
            "Priority of " + shown(),
            visit.links().work(id, PRIORITY),
            "Set the priority",
            visit.links().session(id));
    return SessionAct.ofWaiting(form, session)
        .saying("It takes the place that its time of enqueue has among that priority.")
        .asking(field(typed, session.priority()))
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(),
                "PATCH",
                "/api/work/" + Links.encoded(id),
                Json.object(PRIORITY, shownIn(typed, session.priority()), Typed.REASON, "why")));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireId(visit);
    int priority = typed(typed);
    backend.work().reprioritise(actor.org(), id, priority, actor.note());
    return Done.to(visit.links().session(id), shown() + " has priority " + priority + " now.");
  }

  /** The choice of a priority. */
  public static Field field(Typed typed, int inForce) {
    int chosen = shownIn(typed, inForce);
    List<Field.Option> options =
        IntStream.rangeClosed(Score.FIRST_PRIORITY, Score.LAST_PRIORITY)
            .mapToObj(each -> new Field.Option(String.valueOf(each), label(each), each == chosen))
            .toList();
    return Field.choice(PRIORITY, "Priority", options);
  }

  /** The one that the choice shows. */
  public static int shownIn(Typed typed, int inForce) {
    try {
      return typed.text(PRIORITY).isEmpty() ? inForce : typed(typed);
    } catch (FieldProblem wrong) {
      return inForce;
    }
  }

  /**
   * The one that was chosen.
   *
   * @throws FieldProblem if none was
   */
  public static int typed(Typed typed) {
    Integer priority = typed.whole(PRIORITY, Score.FIRST_PRIORITY, Score.LAST_PRIORITY);
    if (priority == null) {
      throw new FieldProblem(PRIORITY, "is required");
    }
    return priority;
  }

  private static String label(int priority) {
    return switch (priority) {
      case Score.FIRST_PRIORITY -> priority + " goes first";
      case Score.LAST_PRIORITY -> priority + " goes last";
      default -> String.valueOf(priority);
    };
  }
}
