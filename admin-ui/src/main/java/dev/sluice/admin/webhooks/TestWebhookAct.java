package dev.sluice.admin.webhooks;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Notice;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;
import dev.sluice.control.WebhookList;
import dev.sluice.control.WebhookList.Sent;

public record TestWebhookAct(WebhookList webhooks, String id) implements Act {

  @Override
  public Section section() {
    return Section.WEBHOOKS;
  }

  @Override
  public String verb() {
    return "test-webhook";
  }

  @Override
  public String object() {
    return id;
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    require(visit);
    return ActForm.of(
            "Test webhook " + Formats.cut(id, 80),
            visit.links().webhookAct(id, "test"),
            "Send a test",
            visit.links().webhook(id))
        .saying("Posts an event webhook.test once, and waits up to 15 s for the answer.")
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "POST", "/api/webhooks/" + Links.encoded(id) + "/test", "{}");
  }

  private void require(Visit visit) {
    if (webhooks.of(visit.org()).stream().noneMatch(each -> each.id().equals(id))) {
      throw WebhookPage.unknown(visit);
    }
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    require(visit);
    Sent sent = webhooks.sendTest(actor, id).orElseThrow(() -> WebhookPage.unknown(visit));
    String words = "The test got: " + sent.answer() + ", after " + sent.ms() + " ms.";
    return new ActResult.Goes(
        visit.links().webhook(id),
        sent.state().equals("delivered") ? Notice.done(words) : Notice.look(words));
  }
}
