package dev.sluice.service.replay.clients;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.replay.ReplayServer;
import dev.sluice.service.replay.ReplayWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The older worker of the Go client, which speaks snake case: its requests, and its reactions to
 * answers. Its loop ends at a 401; the fleet's manager then registers it again.
 */
final class SnakeWorker {

  private final ReplayServer server;
  private final String id;
  private final String token;
  private boolean loops = true;
  private GoJson latest = new GoJson(StrictJson.read("{}"));

  private SnakeWorker(ReplayServer server, String id, String token) {
    this.server = server;
    this.id = id;
    this.token = token;
  }

  /**
   * Registers once.
   *
   * @param members more members of its registration, each after a comma
   */
  static SnakeWorker register(ReplayServer server, String project, int agents, String members) {
    Answer answer =
        server
            .calls(REGISTRATION_TOKEN)
            .call(
                "POST",
                "/api/workers/register",
                """
                {"hostname":"pod-3","pid":1,"version":"0.9.0","projects":["%s"],\
                "capabilities_typed":{"supportsMessageInjection":true,"humanLabel":"Claude"},\
                "max_agents":%d%s}\
                """
                    .formatted(project, agents, members),
                Map.of());
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    GoJson identity = new GoJson(StrictJson.read(answer));
    assertThat(identity.integer("heartbeat_interval_seconds")).isEqualTo(30);
    String id = identity.string("worker_id");
    String token = identity.string("runtime_jwt");
    assertThat(id).isNotEmpty();
    assertThat(token).isNotEmpty();
    return new SnakeWorker(server, id, token);
  }

  String token() {
    return token;
  }

  SnakeWorker with(String other) {
    return new SnakeWorker(server, id, other);
  }

  String id() {
    return id;
  }

  boolean loops() {
    return loops;
  }

  /** Beats; true if acknowledged. */
  boolean heartbeat(int agents) {
    Answer answer =
        call(
            "POST",
            "/api/workers/" + id + "/heartbeat",
            "{\"active_agent_count\":%d,\"status\":\"%s\"}"
                .formatted(agents, agents == 0 ? "idle" : "busy"));
    return answer.status() < 300 && new GoJson(StrictJson.read(answer)).bool("ack");
  }

  /** Polls; returns the started sessions, from the one lane that it decodes. */
  List<String> poll() {
    Answer answer = call("GET", "/api/workers/" + id + "/poll", null);
    List<String> ids = new ArrayList<>();
    if (answer.status() < 300) {
      latest = new GoJson(StrictJson.read(answer));
      for (GoJson item : latest.structs("work_items")) {
        assertThat(item.string("type")).isEqualTo("session.start");
        assertThat(item.time("created_at")).isNotNull();
        GoJson payload = item.struct("payload");
        assertThat(payload).isNotNull();
        assertThat(payload.string("sessionId")).isEqualTo(item.string("id"));
        ids.add(item.string("id"));
      }
    }
    return ids;
  }

  /** The subject of an item of the latest poll. */
  GoJson payload(String session) {
    return latest.structs("work_items").stream()
        .filter(item -> item.string("id").equals(session))
        .map(item -> item.struct("payload"))
        .findFirst()
        .orElseThrow();
  }

  List<String> jobs() {
    return latest.structs("batchWork").stream()
        .map(job -> job.string("workType") + " " + job.string("batchJobId"))
        .toList();
  }

  boolean jobLane() {
    return latest.has("batchWork");
  }

  List<String> messages(String session) {
    List<String> messages = new ArrayList<>();
    for (JsonNode node : latest.object().at("/inboxMessages").path(session)) {
      GoJson message = new GoJson(node);
      messages.add(message.string("type") + " " + message.string("payload"));
    }
    return messages;
  }

  /** Reports, identified by its token alone; returns the status. */
  int report(String session, String status) {
    return call("POST", ReplayWorker.path(session, "status"), "{\"status\":\"" + status + "\"}")
        .status();
  }

  private Answer call(String method, String path, String body) {
    Answer answer = server.calls(token).call(method, path, body, Map.of());
    if (answer.status() == 401) {
      loops = false;
    }
    return answer;
  }
}
