package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Score;
import dev.sluice.control.Actor;
import java.util.List;
import java.util.stream.IntStream;

public record PriorityAct(QueueBackend backend, String id) implements SessionAct {

  public static final String PRIORITY = "priority";

  @Override
  public String verb() {
    return "reprioritise";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    ActForm form =
        ActForm.of(
            "Priority of " + shown(),
            visit.links().work(id, PRIORITY),
            "Set the priority",
            visit.links().session(id));
    return SessionAct.ofWaiting(form, session)
        .saying("Its place among that priority follows from its enqueue time.")
        .asking(field(typed, session.priority()))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "PATCH",
            "/api/work/" + Links.encoded(id),
            JsonText.object(PRIORITY, shownIn(typed, session.priority()), FormInput.REASON, "why"));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    int priority = typed(typed);
    backend.work().reprioritise(actor.org(), id, priority, actor.note());
    return ActResult.to(visit.links().session(id), shown() + " has priority " + priority + " now.");
  }

  public static Field field(FormInput typed, int inForce) {
    int chosen = shownIn(typed, inForce);
    List<Field.Option> options =
        IntStream.rangeClosed(Score.FIRST_PRIORITY, Score.LAST_PRIORITY)
            .mapToObj(each -> new Field.Option(String.valueOf(each), label(each), each == chosen))
            .toList();
    return Field.choice(PRIORITY, "Priority", options);
  }

  public static int shownIn(FormInput typed, int inForce) {
    try {
      return typed.text(PRIORITY).isEmpty() ? inForce : typed(typed);
    } catch (InvalidFieldException wrong) {
      return inForce;
    }
  }

  public static int typed(FormInput typed) {
    Integer priority = typed.whole(PRIORITY, Score.FIRST_PRIORITY, Score.LAST_PRIORITY);
    if (priority == null) {
      throw new InvalidFieldException(PRIORITY, "is required");
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
