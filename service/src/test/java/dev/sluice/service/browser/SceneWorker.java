package dev.sluice.service.browser;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record SceneWorker(Dashboard dashboard, String id) {

  public List<String> poll(int max) {
    List<String> ids = new ArrayList<>();
    poll("?max=" + max).at("/claimedSessionIds").forEach(each -> ids.add(each.asText()));
    return ids;
  }

  public int acknowledgeAll() {
    int[] count = {0};
    poll("?max=1")
        .at("/inboxMessages")
        .fields()
        .forEachRemaining(inbox -> count[0] += acknowledge(inbox.getKey(), inbox.getValue()));
    return count[0];
  }

  private int acknowledge(String session, JsonNode messages) {
    for (JsonNode message : messages) {
      ObjectNode body = body();
      body.set("messageId", message.get("id"));
      body.set("lane", message.get("lane"));
      tell(session, "inbox/ack", body);
    }
    return messages.size();
  }

  public JsonNode poll(String query) {
    return call("GET", "/api/workers/" + id + "/poll" + query, null);
  }

  void beat() {
    call("POST", "/api/workers/" + id + "/heartbeat", "{\"activeCount\":1}");
  }

  void touch(String session) {
    tell(session, "step-heartbeat", body());
  }

  void nack(String session, String reason) {
    tell(session, "nack", body().put("reason", reason));
  }

  /** Reports a state, with members in pairs of name and text. */
  public void report(String session, String status, String... members) {
    ObjectNode body = body().put("status", status);
    for (int i = 0; i < members.length; i += 2) {
      body.put(members[i], members[i + 1]);
    }
    tell(session, "status", body);
  }

  public void report(String session, String status, double usd, long tokens, String summary) {
    ObjectNode body = body().put("status", status).put("summary", summary);
    tell(session, "status", body.put("totalCostUsd", usd).put("inputTokens", tokens));
  }

  void uses(String session, String tool, String content) {
    tell(session, "activity", said("action", content).put("toolName", tool));
  }

  void says(String session, String type, String content) {
    tell(session, "activity", said(type, content));
  }

  void links(String session, String label, String url) {
    ObjectNode body = body();
    body.putArray("externalUrls").addObject().put("label", label).put("url", url);
    tell(session, "external-urls", body);
  }

  private ObjectNode said(String type, String content) {
    return body().put("type", type).put("content", content);
  }

  private ObjectNode body() {
    return JsonNodeFactory.instance.objectNode().put("workerId", id);
  }

  private void tell(String session, String call, ObjectNode body) {
    String path = "/api/sessions/" + encoded(session) + "/" + call;
    call("POST", path, body.toString());
  }

  private JsonNode call(String method, String path, @Nullable String body) {
    return dashboard.call(method, path, REGISTRATION_TOKEN, body);
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
