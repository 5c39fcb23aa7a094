package dev.sluice.service.replay.clients;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayServer;
import dev.sluice.service.replay.ReplayWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The daemon of the Go client: its requests, and its reactions to answers. Its sessions are {@link
 * GoRunner}s.
 */
final class GoDaemon {

  /** An item as decoded: a struct without a prompt. */
  record Item(
      String sessionId,
      String issueId,
      String issueIdentifier,
      long priority,
      long queuedAt,
      String projectName,
      String repository,
      String promptContext) {

    static Item of(GoJson item) {
      Item read =
          new Item(
              item.string("sessionId"),
              item.string("issueId"),
              item.string("issueIdentifier"),
              item.integer("priority"),
              item.integer("queuedAt"),
              item.string("projectName"),
              item.string("repository"),
              item.string("promptContext"));
      assertThat(item.string("linearSessionId")).isEqualTo(read.sessionId);
      assertThat(item.string("trackerSessionId")).isEqualTo(read.sessionId);
      assertThat(item.integer("maxDurationSeconds")).isNotNegative();
      return read;
    }

    /** The item as sent back: the values it has read, without zeros. */
    String lossy() {
      return """
      {"sessionId":"%s","projectName":"%s","priority":%d,"queuedAt":%d,"issueId":"%s",\
      "issueIdentifier":"%s","promptContext":"%s"}\
      """
          .formatted(
              sessionId, projectName, priority, queuedAt, issueId, issueIdentifier, promptContext);
    }
  }

  private static final Map<String, String> AGENT = Map.of("User-Agent", "rensei-daemon/0.31.2");

  private final ReplayServer server;
  private final String machine;
  private final String project;
  private final int capacity;
  private String id = "";
  private String token = "";
  private int registrations;
  private int refreshes;
  private final List<String> reasons = new ArrayList<>();
  private boolean held;

  GoDaemon(ReplayServer server, String project, int capacity) {
    this.server = server;
    this.machine = project + "-machine";
    this.project = project;
    this.capacity = capacity;
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  /** Holds a token as if minted long ago. */
  void holdToken(String other) {
    token = other;
  }

  int registrations() {
    return registrations;
  }

  int refreshes() {
    return refreshes;
  }

  List<String> reasons() {
    return reasons;
  }

  Calls calls() {
    return server.calls(token);
  }

  GoDaemon register() {
    registrations++;
    Answer answer =
        server
            .calls(REGISTRATION_TOKEN)
            .call(
                "POST",
                "/api/workers/register",
                """
                {"machineId":"%s","hostname":"studio.local","capacity":%d,"version":"0.31.2",\
                "projectIds":["%s"],"projectAdmissionVersion":2,\
                "projectAdmissionMode":"enumerated",\
                "daemonProjects":[{"id":"%s","repository":"https://git.example/acme/parser.git"}],\
                "capabilities":["local","sandbox","workarea"],"provides":[{"kind":"native"}],\
                "region":"eu-home","hostInfo":{"os":"darwin","cpuCores":12,"memTotalMb":65536}}\
                """
                    .formatted(machine, capacity, project, project),
                AGENT);
    assertThat(answer.status()).as("else its start fails: %s", answer.body()).isLessThan(400);
    GoJson identity = new GoJson(StrictJson.read(answer));
    id = identity.string("workerId");
    assertThat(id).as("else its registration fails").isNotEmpty();
    assertThat(identity.integer("heartbeatInterval")).as("milliseconds").isEqualTo(30_000);
    assertThat(identity.integer("pollInterval")).as("milliseconds").isEqualTo(1_000);
    take(identity);
    return this;
  }

  /** Beats; true if acknowledged. */
  boolean heartbeat(String status, int active) {
    Answer answer =
        call(
            "POST",
            "heartbeat",
            """
            {"status":"%s","activeCount":%d,"activeInteractiveCount":0,"maxSessions":%d,\
            "load":{"cpu":84.25,"memory":70},"allowlistHash":"9c1185a5c5e9fc54"}\
            """
                .formatted(status, active, capacity));
    if (answer.status() >= 400) {
      recover(answer);
      return false;
    }
    GoJson beat = new GoJson(StrictJson.read(answer));
    assertThat(beat.time("serverTime")).isNotNull();
    assertThat(beat.integer("pendingWorkCount")).isNotNegative();
    @Nullable GoJson host = beat.struct("hostStatus");
    held = host == null ? held : host.string("status").startsWith("pool_");
    return beat.bool("acknowledged");
  }

  /**
   * Polls, unless its latest heartbeat told it not to; returns the started items, none if refused,
   * whatever it does about that.
   */
  List<Item> poll() {
    if (held) {
      return List.of();
    }
    Answer answer = call("GET", "poll", null);
    if (answer.status() >= 400) {
      recover(answer);
      return List.of();
    }
    GoJson poll = new GoJson(StrictJson.read(answer));
    List<Item> items = poll.structs("work").stream().map(Item::of).toList();
    assertThat(poll.bool("preClaimed")).isEqualTo(!items.isEmpty());
    assertThat(poll.bool("hasInboxMessages")).as("its messages take another way").isFalse();
    return items;
  }

  /** Gives back an item that it can't admit, once. */
  GoJson nack(Item item, String reason) {
    Answer answer =
        calls()
            .call(
                "POST",
                ReplayWorker.path(item.sessionId(), "nack"),
                "{\"workerId\":\"%s\",\"work\":%s,\"reason\":\"%s\"}"
                    .formatted(id, item.lossy(), reason),
                AGENT);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new GoJson(StrictJson.read(answer));
  }

  private Answer call(String method, String call, @Nullable String body) {
    return calls().call(method, "/api/workers/" + id + "/" + call, body, AGENT);
  }

  /** Refreshes; registers if the server doesn't know it; otherwise keeps what it has. */
  private void recover(Answer refused) {
    assertThat(refused.status()).as("it doesn't recover from 403").isNotEqualTo(403);
    if (refused.status() != 401 && refused.status() != 404) {
      return;
    }
    reasons.add(
        refused.body().contains("Runtime token expired")
            ? "runtime-token-expired"
            : refused.status() == 401 ? "unauthorized" : "not-found");
    refreshes++;
    Answer answer =
        server
            .calls(REGISTRATION_TOKEN)
            .call("POST", "/api/workers/" + id + "/refresh-token", "{}", AGENT);
    if (answer.status() == 404 || answer.status() == 405) {
      register();
    } else if (answer.status() < 400) {
      take(new GoJson(StrictJson.read(answer)));
    }
  }

  private void take(GoJson identity) {
    token = identity.string("runtimeToken");
    assertThat(token).as("an empty one is an error").isNotEmpty();
    assertThat(identity.time("runtimeTokenExpiresAt")).isNotNull();
  }
}
