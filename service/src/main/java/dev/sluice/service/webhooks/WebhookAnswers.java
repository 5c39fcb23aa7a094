package dev.sluice.service.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.service.webhooks.WebhookCalls.Made;
import dev.sluice.service.webhooks.WebhookRecord.Delivery;
import dev.sluice.service.webhooks.WebhookRecord.Progress;
import dev.sluice.service.webhooks.WebhookRecord.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class WebhookAnswers {

  private WebhookAnswers() {}

  /**
   * Times are epoch ms.
   *
   * @param secret only in the answer that makes it
   * @param types empty means all
   * @param projects empty means all
   * @param labels absent if none are wanted
   * @param disabled the reason; absent if it isn't
   * @param cursor the last event that it has come to
   * @param waiting events that are to be sent again
   * @param missed events that were dropped from the log before they were sent
   * @param pausedUntil the receiver asked for it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String id,
      @Nullable String secret,
      String url,
      List<String> types,
      List<String> projects,
      @Nullable Map<String, String> labels,
      String format,
      long createdAt,
      String madeBy,
      @Nullable String disabled,
      String cursor,
      int waiting,
      long missed,
      @Nullable Long pausedUntil) {

    public static Info of(String id, WebhookRecord webhook) {
      return of(id, webhook, null);
    }

    public static Info of(Made made) {
      return of(made.id(), made.webhook(), made.secret());
    }

    private static Info of(String id, WebhookRecord webhook, @Nullable String secret) {
      Settings settings = webhook.settings();
      Progress progress = webhook.progress();
      return new Info(
          id,
          secret,
          settings.url(),
          settings.types(),
          settings.projects(),
          settings.labels().isEmpty() ? null : settings.labels(),
          settings.format().wire(),
          settings.createdAt(),
          settings.madeBy(),
          progress.disabled(),
          Long.toString(progress.cursor()),
          progress.retries().size(),
          progress.missed(),
          progress.pausedUntil() == 0 ? null : progress.pausedUntil());
    }

    @Override
    public String toString() {
      return "Info[" + id + "]";
    }
  }

  public record WebhookList(List<Info> webhooks) {

    public static WebhookList of(Map<String, WebhookRecord> webhooks) {
      return new WebhookList(
          webhooks.entrySet().stream()
              .map(each -> Info.of(each.getKey(), each.getValue()))
              .toList());
    }
  }

  /**
   * The latest attempt to deliver an event.
   *
   * @param event its id; absent for a test
   * @param state {@code delivered}, {@code retrying} or {@code dead}
   * @param nextAt time of the next attempt
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(
      @Nullable String event,
      @Nullable String type,
      String state,
      long at,
      int attempt,
      @Nullable Integer status,
      @Nullable String error,
      long ms,
      @Nullable Long nextAt) {

    public static Attempt of(Delivery delivery) {
      return new Attempt(
          delivery.event() == 0 ? null : Long.toString(delivery.event()),
          delivery.type(),
          delivery.state(),
          delivery.at(),
          delivery.attempt(),
          delivery.status() == 0 ? null : delivery.status(),
          delivery.error(),
          delivery.ms(),
          delivery.next() == 0 ? null : delivery.next());
    }
  }

  public record Deliveries(List<Attempt> deliveries) {

    public static Deliveries of(WebhookRecord webhook) {
      return new Deliveries(webhook.progress().deliveries().stream().map(Attempt::of).toList());
    }
  }

  public record Removed(boolean removed, String id) {}

  public record Replayed(boolean replayed, String event) {}
}
