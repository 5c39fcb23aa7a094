package dev.sluice.admin.overview;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.Findings;
import dev.sluice.control.Actor;

public record AcknowledgeAct(Findings findings, String key) implements FindingAct {

  @Override
  public String verb() {
    return "acknowledge";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Finding finding = find(visit);
    return ActForm.of(
            "Acknowledge finding", visit.links().findingAct(key, "ack"), "Acknowledge", home(visit))
        .saying(finding.words() + ".")
        .saying("You are shown as its owner until it is over. It no longer counts in the tab.")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "POST", "/api/findings/" + Links.encoded(key) + "/ack", "{}");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    Finding finding = findings.acknowledge(actor.org(), key, actor.note());
    return ActResult.to(home(visit), "Acknowledged: " + finding.words() + ".");
  }
}
