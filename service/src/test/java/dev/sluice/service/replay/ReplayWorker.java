package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A registered worker that names itself in every body, as clients with any credential may. */
public record ReplayWorker(Calls calls, String id) {

  /** Registers; later calls use the same credential. */
  public static ReplayWorker register(Calls calls, String body) {
    return new ReplayWorker(
        calls, calls.post("/api/workers/register", body).at("/workerId").asText());
  }

  public JsonNode poll() {
    return calls.get("/api/workers/" + id + "/poll");
  }

  public List<String> claims() {
    return claims(poll());
  }

  public static List<String> claims(JsonNode poll) {
    List<String> ids = new ArrayList<>();
    poll.at("/claimedSessionIds").forEach(claimed -> ids.add(claimed.asText()));
    return ids;
  }

  public List<JsonNode> messages(String session) {
    List<JsonNode> messages = new ArrayList<>();
    poll().at("/inboxMessages").path(session).forEach(messages::add);
    return messages;
  }

  JsonNode heartbeat(int activeCount) {
    return calls.post(
        "/api/workers/" + id + "/heartbeat", "{\"activeCount\":%d}".formatted(activeCount));
  }

  /** Polls, which must claim only this session, and reports it running. */
  public void run(String session) {
    assertThat(claims()).containsExactly(session);
    report(session, "running");
  }

  public JsonNode report(String session, String status) {
    return report(session, status, "");
  }

  /** Reports with more members, each after a comma. */
  public JsonNode report(String session, String status, String members) {
    return post(session, "status", "\"status\":\"" + status + "\"" + members);
  }

  String refused(int code, String session, String status) {
    return calls.refused(
        code, "POST", path(session, "status"), body("\"status\":\"" + status + "\""));
  }

  JsonNode status(String session) {
    return calls.get(path(session, "status"));
  }

  JsonNode ack(String session, JsonNode message) {
    return post(
        session,
        "inbox/ack",
        "\"messageId\":%s,\"lane\":%s".formatted(message.at("/id"), message.at("/lane")));
  }

  JsonNode post(String session, String call, String members) {
    return calls.post(path(session, call), body(members));
  }

  public Answer any(String session, String call, String members) {
    return calls.call("POST", path(session, call), body(members), Map.of());
  }

  private String body(String members) {
    return "{\"workerId\":\"%s\"%s}".formatted(id, members.isEmpty() ? "" : "," + members);
  }

  public static String path(String session, String call) {
    return "/api/sessions/" + session + "/" + call;
  }
}
