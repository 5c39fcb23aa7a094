package dev.sluice.admin.overview;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.FormTime;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.Findings;
import dev.sluice.control.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

public record MuteAct(Findings findings, String key) implements FindingAct {

  private static final String SPAN = "for";
  private static final String UNTIL = "until";

  private static final Map<String, Duration> SPANS = spans();

  @Override
  public String verb() {
    return "mute";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    String chosen = typed.text(SPAN);
    return ActForm.of("Mute finding", visit.links().findingAct(key, "mute"), "Mute", home(visit))
        .saying(find(visit).words() + ".")
        .saying("Nobody is told of it meanwhile, also if it ends and begins again.")
        .asking(
            Field.choice(
                SPAN,
                "For how long",
                SPANS.keySet().stream()
                    .map(span -> new Field.Option(span, span, span.equals(chosen)))
                    .toList()))
        .asking(
            FormTime.field(UNTIL, "Or until", typed, visit.now())
                .hint("A time like 18:00, or 2026-12-24 18:00. Empty to use the choice above."))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            "/api/findings/" + Links.encoded(key) + "/mute",
            JsonText.object(UNTIL, example(typed, visit.now())));
  }

  private static String example(FormInput typed, long now) {
    try {
      return Instant.ofEpochMilli(until(typed, now)).toString();
    } catch (InvalidFieldException wrong) {
      return Instant.ofEpochMilli(now).plus(Duration.ofHours(1)).toString();
    }
  }

  private static long until(FormInput typed, long now) {
    Long until = FormTime.until(typed, UNTIL, now);
    String problem = until == null ? null : Findings.muteProblem(until, now);
    if (problem != null) {
      throw new InvalidFieldException(UNTIL, problem);
    }
    if (until != null) {
      return until;
    }
    Duration span = SPANS.get(typed.text(SPAN));
    if (span == null) {
      throw new InvalidFieldException(SPAN, "must be from the list");
    }
    return now + span.toMillis();
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    long until = until(typed, visit.now());
    findings.mute(actor.org(), key, until, actor.note());
    return ActResult.to(home(visit), "Muted until " + FormTime.shown(until, typed) + ".");
  }

  private static Map<String, Duration> spans() {
    Map<String, Duration> spans = new LinkedHashMap<>();
    spans.put("for 1 hour", Duration.ofHours(1));
    spans.put("for 4 hours", Duration.ofHours(4));
    spans.put("for 24 hours", Duration.ofHours(24));
    spans.put("for 7 days", Duration.ofDays(7));
    return spans;
  }
}
