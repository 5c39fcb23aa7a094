package dev.sluice.service.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.service.api.answers.EventAnswers.Event;
import dev.sluice.service.http.Json;
import dev.sluice.service.webhooks.WebhookRecord.Format;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A message to a receiver, in the form that its webhook asks for.
 *
 * @param id the same for all attempts, on all nodes
 */
record WebhookMessage(String id, String contentType, byte[] body) {

  static final String TEST_TYPE = "webhook.test";

  private static final ObjectWriter JSON = Json.mapper().writer();

  /** The thin body of Standard Webhooks; {@code data} is as {@code GET /api/events} tells it. */
  record Standard(String type, String timestamp, Object data) {}

  /** CloudEvents 1.0 in structured mode. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CloudEvent(
      String specversion,
      String id,
      String source,
      String type,
      @Nullable String subject,
      String time,
      String datacontenttype,
      Object data) {}

  private record Test(String webhookId) {}

  static WebhookMessage of(String org, String webhookId, Format format, LoggedEvent event) {
    String subject = event.sessionId() == null ? event.workerId() : event.sessionId();
    return of(
        org,
        "evt_" + bare(webhookId) + '_' + event.number(),
        format,
        event.type().wire(),
        subject == null ? event.project() : subject,
        event.atMs(),
        Event.of(event));
  }

  /** {@code name} tells it from other tests. */
  static WebhookMessage test(String org, String webhookId, Format format, String name, long nowMs) {
    String id = "evt_" + bare(webhookId) + "_test_" + name;
    return of(org, id, format, TEST_TYPE, webhookId, nowMs, new Test(webhookId));
  }

  private static String bare(String webhookId) {
    return webhookId.substring(webhookId.indexOf('_') + 1);
  }

  private static WebhookMessage of(
      String org,
      String id,
      Format format,
      String type,
      @Nullable String subject,
      long atMs,
      Object data) {
    String time = Instant.ofEpochMilli(atMs).toString();
    return switch (format) {
      case STANDARD ->
          new WebhookMessage(id, "application/json", json(new Standard(type, time, data)));
      case CLOUDEVENTS ->
          new WebhookMessage(
              id,
              "application/cloudevents+json",
              json(
                  new CloudEvent(
                      "1.0",
                      id,
                      "/sluice/" + org,
                      "dev.sluice." + type,
                      subject,
                      time,
                      "application/json",
                      data)));
    };
  }

  private static byte[] json(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> headers(List<SecretKeySpec> keys, long nowMs) {
    long seconds = nowMs / 1_000;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("webhook-signature", WebhookSecrets.signatures(keys, id, seconds, body));
    return headers;
  }
}
