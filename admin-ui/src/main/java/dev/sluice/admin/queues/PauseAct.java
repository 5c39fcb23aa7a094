package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.acts.UtcTime;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.control.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record PauseAct(Queues queues, String project) implements QueueAct {

  private static final String SPAN = "for";
  private static final String UNTIL = "until";

  /** By label; zero until resumed. */
  private static final Map<String, Duration> SPANS = spans();

  @Override
  public String verb() {
    return "pause";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ProjectQueue queue = queues.find(visit.org(), project).value();
    return ActForm.of(
            "Pause " + Formats.cut(project, 80),
            visit.links().queueAct(project, "pause"),
            "Pause",
            visit.links().queue(project))
        .saying(
            "Workers can claim no more work of this project: "
                + Formats.count(queue.counts().waiting(), "waiting item")
                + " now. Claimed sessions continue.")
        .asking(Field.reason(typed.text(FormInput.REASON)).needed())
        .asking(Field.choice(SPAN, "For how long", options(typed.text(SPAN))))
        .asking(
            Field.text(UNTIL, "Or until, in UTC", typed.text(UNTIL))
                .hint(
                    "For example "
                        + UtcTime.text(visit.now())
                        + ", the time now. Empty to use the choice above."))
        .curl(
            visit.server(),
            "POST",
            "/api/queues/" + Links.encoded(project) + "/pause",
            JsonText.object("reason", "why", UNTIL, iso(typed)));
  }

  private static @Nullable String iso(FormInput typed) {
    try {
      Long until = UtcTime.of(typed, UNTIL);
      return until == null ? null : Instant.ofEpochMilli(until).toString();
    } catch (InvalidFieldException wrong) {
      return null;
    }
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    typed.required(FormInput.REASON);
    Long until = until(visit, typed);
    if (until != null) {
      queues.pause(actor.org(), project, until, actor.note());
      return done(visit, "until " + Formats.exact(until));
    }
    Duration span = SPANS.get(typed.text(SPAN));
    if (span == null) {
      throw new InvalidFieldException(SPAN, "must be from the list");
    }
    long end = span.isZero() ? 0 : visit.now() + span.toMillis();
    queues.pause(actor.org(), project, end, actor.note());
    return done(visit, typed.text(SPAN));
  }

  private ActResult done(Visit visit, String howLong) {
    return ActResult.to(
        visit.links().queue(project), Formats.cut(project, 80) + " is paused " + howLong + ".");
  }

  private static @Nullable Long until(Visit visit, FormInput typed) {
    Long until = UtcTime.of(typed, UNTIL);
    String problem = until == null ? null : Pause.problem(until, visit.now());
    if (problem != null) {
      throw new InvalidFieldException(UNTIL, problem);
    }
    return until;
  }

  private static List<Field.Option> options(String chosen) {
    return SPANS.keySet().stream()
        .map(span -> new Field.Option(span, span, span.equals(chosen)))
        .toList();
  }

  private static Map<String, Duration> spans() {
    Map<String, Duration> spans = new LinkedHashMap<>();
    spans.put("until resumed", Duration.ZERO);
    spans.put("for 15 minutes", Duration.ofMinutes(15));
    spans.put("for 1 hour", Duration.ofHours(1));
    spans.put("for 4 hours", Duration.ofHours(4));
    spans.put("for 24 hours", Duration.ofHours(24));
    return spans;
  }
}
