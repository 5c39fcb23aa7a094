package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.redis.server.RedisServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Waiting polls at service nodes in their own processes: at a stopping node with an open dashboard
 * page, and at another node than the one that gets the work.
 */
@Timeout(300)
class LongPollIT {

  private static final int POLLS = 50;
  private static final String PASSWORD = "password-of-the-admin";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;

  private final List<SluiceProcess> nodes = new ArrayList<>();

  @AfterEach
  void end() {
    nodes.forEach(SluiceProcess::kill);
  }

  @Test
  void aStopAnswersThemAndThenTheProcessEndsWithItsWorkInItsJournal() throws Exception {
    stops(start());
  }

  @Test
  void aStopAnswersThemAndThenTheProcessEndsWithItsWorkInRedis() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      stops(start("backend.type=redis", "backend.redis.uri=" + redis.uri()));
    }
  }

  private void stops(SluiceProcess node) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
    for (int i = 0; i < POLLS; i++) {
      polls.add(park(node, register(node, "nothing")));
    }
    HttpResponse<Stream<String>> page = openPage(node);
    assertThat(node.terminate(10)).as("exit code").isZero();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("event: fleet");
    for (CompletableFuture<HttpResponse<String>> poll : polls) {
      assertThat(poll.join().statusCode()).isEqualTo(200);
      assertThat(MAPPER.readTree(poll.join().body()).at("/work")).isEmpty();
    }
  }

  private static HttpResponse<Stream<String>> openPage(SluiceProcess node) throws Exception {
    HttpRequest login =
        HttpRequest.newBuilder(URI.create(node.url() + "/admin/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=" + PASSWORD))
            .build();
    HttpResponse<Void> session = HTTP.send(login, HttpResponse.BodyHandlers.discarding());
    assertThat(session.statusCode()).isEqualTo(303);
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    HttpRequest events =
        HttpRequest.newBuilder(URI.create(node.url() + "/admin/events"))
            .header("Cookie", cookie)
            .build();
    return HTTP.send(events, HttpResponse.BodyHandlers.ofLines());
  }

  @Test
  void workGivenToOneMemberAnswersAPollThatWaitsAtAnother() throws Exception {
    String members =
        "127.0.0.1:" + SluiceProcess.freePort() + ",127.0.0.1:" + SluiceProcess.freePort();
    List<SluiceProcess> both =
        List.of(0, 1).parallelStream().map(i -> member(members.split(","), i)).toList();
    for (int round = 0; round < 20; round++) {
      String project = "round-" + round;
      SluiceProcess here = both.get(round % 2);
      SluiceProcess there = both.get(1 - round % 2);
      CompletableFuture<HttpResponse<String>> poll = park(there, register(there, project));
      new FleetCalls(here.url()).enqueue(project, List.of("item-" + round));

      JsonNode answer = MAPPER.readTree(poll.join().body());
      assertThat(answer.at("/claimedSessionIds/0").asText()).isEqualTo("item-" + round);
    }
  }

  private SluiceProcess member(String[] members, int index) {
    Path config = directory.resolve("member-" + index + ".yml");
    try {
      Files.writeString(
          config,
          Files.readString(Path.of("../config.yml"))
              .replace(
                  "  hazelcast: {}",
                  "  hazelcast: {cluster: {members: [\"%s\", \"%s\"], port: %s}}"
                      .formatted(members[0], members[1], members[index].split(":")[1])));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return kept(
        SluiceProcess.start(directory, config, FleetCalls.ENVIRONMENT, "backend.type=hazelcast"));
  }

  private SluiceProcess start(String... overrides) {
    Map<String, String> environment = new HashMap<>(FleetCalls.ENVIRONMENT);
    environment.put("SLUICE_ADMIN_PASSWORD", PASSWORD);
    return kept(SluiceProcess.start(directory, environment, overrides));
  }

  private synchronized SluiceProcess kept(SluiceProcess node) {
    nodes.add(node);
    return node;
  }

  private static String register(SluiceProcess node, String project) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            call(node, "/api/workers/register")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"hostname\":\"h\",\"projects\":[\"" + project + "\"]}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return MAPPER.readTree(answer.body()).at("/workerId").asText();
  }

  /** A poll that has reached the store. */
  private static CompletableFuture<HttpResponse<String>> park(SluiceProcess node, String worker)
      throws Exception {
    long seen = lastSeen(node, worker);
    CompletableFuture<HttpResponse<String>> answer =
        HTTP.sendAsync(
            call(node, "/api/workers/" + worker + "/poll?wait=25").build(),
            HttpResponse.BodyHandlers.ofString());
    while (lastSeen(node, worker) <= seen) {
      Thread.onSpinWait();
    }
    return answer;
  }

  private static long lastSeen(SluiceProcess node, String worker) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            call(node, "/api/workers/" + worker).build(), HttpResponse.BodyHandlers.ofString());
    long seen = MAPPER.readTree(answer.body()).at("/lastHeartbeat").asLong();
    while (System.currentTimeMillis() <= seen) {
      Thread.onSpinWait();
    }
    return seen;
  }

  private static HttpRequest.Builder call(SluiceProcess node, String path) {
    return HttpRequest.newBuilder(URI.create(node.url() + path))
        .header("Authorization", "Bearer " + FleetCalls.REGISTRATION)
        .header("Content-Type", "application/json");
  }
}
