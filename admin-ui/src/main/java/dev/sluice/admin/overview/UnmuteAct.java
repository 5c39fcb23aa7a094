package dev.sluice.admin.overview;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.Findings;
import dev.sluice.control.Actor;

public record UnmuteAct(Findings findings, String key) implements FindingAct {

  @Override
  public String verb() {
    return "unmute";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    return ActForm.of(
            "Unmute finding", visit.links().findingAct(key, "unmute"), "Unmute", home(visit))
        .saying(find(visit).words() + ".")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "POST", "/api/findings/" + Links.encoded(key) + "/unmute", "{}");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    String words = findings.mute(actor.org(), key, 0, actor.note()).words();
    return ActResult.to(home(visit), "No longer muted: " + words + ".");
  }
}
