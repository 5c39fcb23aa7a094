package dev.sluice.admin.webhooks;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.WebhookList;
import dev.sluice.control.WebhookList.Sent;
import dev.sluice.control.WebhookList.Webhook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A webhook and its last deliveries. */
@Path("admin/webhooks/{id}")
public record WebhookPage(Shell shell, WebhookList webhooks) {

  /**
   * @param alarm null if nothing is wrong
   */
  public record View(
      WebhooksPage.Row row,
      ActButton.Menu acts,
      @Nullable String alarm,
      List<Fact> facts,
      Rows<Delivery> table) {}

  /**
   * @param event number, or what it is instead
   * @param next null if it isn't sent again
   */
  public record Delivery(
      String event,
      String type,
      Badge badge,
      String answer,
      int attempt,
      String took,
      @Nullable TimeText at,
      @Nullable TimeText next) {

    private static Delivery of(Sent sent, long now) {
      return new Delivery(
          sent.event() == 0 ? "test" : Long.toString(sent.event()),
          sent.type() == null ? "" : sent.type(),
          new Badge(tone(sent), sent.state()),
          sent.answer(),
          sent.attempt(),
          sent.ms() + " ms",
          TimeText.of(sent.at(), now),
          TimeText.of(sent.next(), now));
    }

    private static String tone(Sent sent) {
      return switch (sent.state()) {
        case "delivered" -> Badge.DONE;
        case "retrying" -> Badge.WAIT;
        default -> Badge.FAIL;
      };
    }
  }

  @GET
  public Response page(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return shell.answer(request, Section.WEBHOOKS, visit -> content(visit, id));
  }

  private Content content(Visit visit, String id) {
    Webhook webhook =
        webhooks.of(visit.org()).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> unknown(visit));
    return new Content(
        Section.WEBHOOKS,
        "Webhook " + Formats.cut(id, 80),
        "webhook",
        new View(
            WebhooksPage.Row.of(webhook, visit),
            ActButton.menu(
                List.of(ActButton.now("Send a test", visit.links().webhookAct(id, "test")))),
            alarm(webhook),
            facts(webhook, visit),
            new Rows<>(
                webhook.deliveries().stream()
                    .map(sent -> Delivery.of(sent, visit.now()))
                    .toList())));
  }

  private static @Nullable String alarm(Webhook webhook) {
    return webhook.disabled() == null
        ? null
        : "Nothing is sent: " + webhook.disabled() + ". A test that succeeds enables it again.";
  }

  private static List<Fact> facts(Webhook webhook, Visit visit) {
    WebhooksPage.Row row = WebhooksPage.Row.of(webhook, visit);
    return new Fact.Facts()
        .text("Url", row.url())
        .text("Types", row.types())
        .text("Projects", row.projects())
        .text("Labels", labels(webhook))
        .text("Format", webhook.format())
        .text("Made by", row.madeBy().name())
        .time("Created", row.created())
        .text("To be sent again", Formats.count(webhook.waiting(), "event"))
        .text("Missed", webhook.missed() == 0 ? null : Formats.count(webhook.missed(), "event"))
        .time("Paused by its receiver until", TimeText.of(webhook.pausedUntil(), visit.now()))
        .list();
  }

  private static @Nullable String labels(Webhook webhook) {
    return webhook.labels().isEmpty()
        ? null
        : webhook.labels().entrySet().stream()
            .map(Map.Entry::toString)
            .collect(Collectors.joining(", "));
  }

  static PageException unknown(Visit visit) {
    return PageException.notFound(
        "No such webhook in this org.",
        visit.links().to(Section.WEBHOOKS.path()),
        "Go to webhooks");
  }
}
