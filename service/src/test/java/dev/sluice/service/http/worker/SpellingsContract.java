package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

public abstract class SpellingsContract {

  private static final List<String> CAPACITY =
      List.of("capacity", "maxAgents", "max_agents", "maxSessions");

  private static final List<String> ACTIVE_COUNT =
      List.of("activeCount", "activeSessions", "active_agent_count", "activeAgentCount");

  protected abstract SluiceServer server();

  @TestFactory
  Stream<DynamicTest> capacityHasFourSpellings() {
    return eachAndEachPair(
        CAPACITY,
        members -> {
          TestWorker worker = server().register("{\"hostname\":\"h\"" + members + "}");
          return info(worker).at("/capacity").asText();
        });
  }

  @TestFactory
  Stream<DynamicTest> activeCountHasFourSpellings() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    return eachAndEachPair(
        ACTIVE_COUNT,
        members -> {
          assertThat(heartbeat(worker, "{\"status\":\"busy\"" + members + "}").status())
              .isEqualTo(200);
          return info(worker).at("/activeCount").asText();
        });
  }

  @TestFactory
  Stream<DynamicTest> aWrongValueIsNamedByItsSpelling() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    List<DynamicTest> tests = new ArrayList<>();
    for (String value : List.of("0", "-1", "1.5", "3.0", "\"3\"", "true", "[]", "1e99")) {
      for (String name : CAPACITY) {
        String body = "{\"hostname\":\"h\",\"" + name + "\":" + value + "}";
        tests.add(
            dynamicTest(
                name + " " + value,
                () -> refused(register(body), name, "must be a positive number")));
      }
      for (String name : value.equals("0") ? List.<String>of() : ACTIVE_COUNT) {
        String body = "{\"" + name + "\":" + value + "}";
        tests.add(
            dynamicTest(
                name + " " + value,
                () -> refused(heartbeat(worker, body), name, "must be a non-negative number")));
      }
    }
    return tests.stream();
  }

  @Test
  void aHeartbeatNeedsACountAndARegistrationNoCapacity() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    assertThat(info(worker).at("/capacity").asInt()).isEqualTo(1);
    refused(heartbeat(worker, "{}"), "activeCount", "must be a non-negative number");
  }

  @Test
  void aHeartbeatChangesTheCapacityUnlessItSaysZero() {
    TestWorker worker = server().register("{\"hostname\":\"h\",\"capacity\":2}");
    heartbeat(worker, "{\"activeCount\":0,\"maxSessions\":7}");
    assertThat(info(worker).at("/capacity").asInt()).isEqualTo(7);
    heartbeat(worker, "{\"activeCount\":0,\"maxSessions\":0}");
    assertThat(info(worker).at("/capacity").asInt()).isEqualTo(7);
  }

  @Test
  void statusDrainingIsKeptUntilAnotherStatusIsSaid() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    heartbeat(worker, "{\"activeCount\":0,\"status\":\"draining\"}");
    heartbeat(worker, "{\"activeCount\":0}");
    assertThat(info(worker).at("/status").asText()).isEqualTo("draining");
    heartbeat(worker, "{\"activeCount\":0,\"status\":\"idle\"}");
    assertThat(info(worker).at("/status").asText()).isEqualTo("active");
  }

  @Test
  void projectsAndProjectIdsAreTakenTogether() {
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"projectIds\":[\"b\",\"a\"],\"projects\":[\"a\"]}");
    assertThat(info(worker).at("/projects").toString()).isEqualTo("[\"a\",\"b\"]");
    refused(
        register("{\"hostname\":\"h\",\"projects\":\"a\"}"),
        "projects",
        "must be an array of strings");
  }

  @Test
  void registrationAndRefreshAnswerEverySpelling() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    Answer refreshed = refresh(worker, "{}", Map.of());
    for (JsonNode identity :
        List.of(StrictJson.read(register("{\"hostname\":\"h\"}")), StrictJson.read(refreshed))) {
      same(identity, "workerId", "worker_id");
      same(identity, "runtimeToken", "runtimeJwt", "runtime_jwt");
      same(identity, "runtimeTokenExpiresAt", "expiresAt");
      same(identity, "heartbeatIntervalSeconds", "heartbeat_interval_seconds");
      same(identity, "pollIntervalSeconds", "poll_interval_seconds");
      assertThat(identity.at("/heartbeatInterval").asInt())
          .isEqualTo(1_000 * identity.at("/heartbeatIntervalSeconds").asInt());
      assertThat(identity.at("/pollInterval").asInt())
          .isEqualTo(1_000 * identity.at("/pollIntervalSeconds").asInt());
    }
    assertThat(refreshed.text("/workerId")).isEqualTo(worker.id());
  }

  @Test
  void aLegacyCallerGetsNullForTokenAndExpiry() {
    JsonNode identity =
        StrictJson.read(
            server()
                .post(
                    "/api/workers/register", SluiceServer.LEGACY_KEY, "{\"hostname\":\"legacy\"}"));
    for (String name : List.of("runtimeToken", "runtimeJwt", "runtime_jwt")) {
      assertThat(identity.get(name).isNull()).as(name).isTrue();
    }
    for (String name : List.of("runtimeTokenExpiresAt", "expiresAt")) {
      assertThat(identity.get(name).isNull()).as(name).isTrue();
    }
  }

  @Test
  void aRefreshNeedsNoBody() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    Map<String, String> json = Map.of("Content-Type", "application/json");
    assertThat(refresh(worker, "", json).status()).isEqualTo(200);
    assertThat(refresh(worker, " \n", json).status()).isEqualTo(200);
    assertThat(refresh(worker, "{\"any\":[1]}", json).status()).isEqualTo(200);
    String path = "/api/workers/" + worker.id() + "/refresh-token";
    Answer bare =
        server().send("POST", path, REGISTRATION_TOKEN, BodyPublishers.noBody(), Map.of());
    assertThat(bare.status()).as(bare.body()).isEqualTo(200);
  }

  @Test
  void whatNobodyKnowsIsIgnored() {
    String unknown = ",\"sessionShim\":{\"a\":[1]},\"x\":null,\"Capacity\":9,\"load\":\"high\"";
    TestWorker worker = server().register("{\"hostname\":\"h\",\"capacity\":2" + unknown + "}");
    assertThat(info(worker).at("/capacity").asInt()).isEqualTo(2);
    assertThat(heartbeat(worker, "{\"activeCount\":1" + unknown + "}").status()).isEqualTo(200);
  }

  /** Each spelling alone; each pair, where the first in the list wins; null as if absent. */
  private static Stream<DynamicTest> eachAndEachPair(
      List<String> spellings, UnaryOperator<String> valueAfter) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < spellings.size(); i++) {
      String first = ",\"" + spellings.get(i) + "\":";
      tests.add(
          dynamicTest(
              spellings.get(i),
              () -> assertThat(valueAfter.apply(first + "4")).as(first).isEqualTo("4")));
      for (String later : spellings.subList(i + 1, spellings.size())) {
        String second = ",\"" + later + "\":";
        tests.add(
            dynamicTest(
                spellings.get(i) + " before " + later,
                () -> {
                  assertThat(valueAfter.apply(second + "6" + first + "5")).isEqualTo("5");
                  assertThat(valueAfter.apply(first + "null" + second + "6")).isEqualTo("6");
                }));
      }
    }
    return tests.stream();
  }

  private JsonNode info(TestWorker worker) {
    return StrictJson.read(server().get("/api/workers/" + worker.id(), worker.token()));
  }

  private Answer register(String body) {
    return server().post("/api/workers/register", REGISTRATION_TOKEN, body);
  }

  private Answer heartbeat(TestWorker worker, String body) {
    return server().post("/api/workers/" + worker.id() + "/heartbeat", worker.token(), body);
  }

  private Answer refresh(TestWorker worker, String body, Map<String, String> headers) {
    String path = "/api/workers/" + worker.id() + "/refresh-token";
    return server().call("POST", path, REGISTRATION_TOKEN, body, headers);
  }

  private static void refused(Answer answer, String field, String problem) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(field + " " + problem);
    assertThat(answer.text("/message")).isEqualTo(field + " " + problem);
  }

  private static void same(JsonNode answer, String... names) {
    for (String name : names) {
      assertThat(answer.get(name)).as(name).isNotNull().isEqualTo(answer.get(names[0]));
      assertThat(answer.get(name).isNull()).as(name).isFalse();
    }
  }
}
