package dev.sluice.admin.webhooks;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.WebhookList;
import dev.sluice.control.WebhookList.Webhook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("admin/webhooks")
public record WebhooksPage(Shell shell, WebhookList webhooks) {

  public record View(Rows<Row> table) {}

  public record Row(
      Ref id,
      Badge badge,
      String url,
      String types,
      String projects,
      int waiting,
      ActorText madeBy,
      @Nullable TimeText created) {

    static Row of(Webhook webhook, Visit visit) {
      return new Row(
          new Ref(webhook.id(), visit.links().webhook(webhook.id())),
          badge(webhook, visit.now()),
          Formats.cut(webhook.url(), 200),
          names(webhook.types()),
          names(webhook.projects()),
          webhook.waiting(),
          ActorText.of(webhook.madeBy()),
          TimeText.of(webhook.createdAt(), visit.now()));
    }

    private static Badge badge(Webhook webhook, long now) {
      if (webhook.disabled() != null) {
        return new Badge(Badge.FAIL, "disabled");
      }
      return webhook.pausedUntil() > now
          ? new Badge(Badge.HELD, "paused")
          : new Badge(Badge.DONE, "enabled");
    }

    private static String names(List<String> some) {
      return some.isEmpty() ? "all" : Formats.cut(String.join(", ", some), 500);
    }
  }

  @GET
  public Response page(@Context ContainerRequestContext request) {
    return shell.answer(
        request, Section.WEBHOOKS, visit -> Content.of(Section.WEBHOOKS, "webhooks", view(visit)));
  }

  private View view(Visit visit) {
    return new View(
        new Rows<>(
            webhooks.of(visit.org()).stream().map(webhook -> Row.of(webhook, visit)).toList()));
  }
}
