package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.http.producer.SealedItemContract;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

public abstract class DialectContract {

  protected abstract SluiceServer server();

  @Test
  void theStandardWorkerGetsTheItemsAlone() {
    JsonNode poll = pollOf("", "");
    assertThat(poll.has("work_items")).isFalse();
    assertThat(poll.at("/work/0").has("promptContext")).isFalse();
    assertThat(poll.at("/work/0").has("linearSessionId")).isFalse();
    assertThat(poll.at("/work/0").has("trackerSessionId")).isFalse();
  }

  @Test
  void theSnakeCaseWorkerGetsTheItemsOnceMoreAsWorkItems() {
    for (String mark :
        List.of(
            "\"max_agents\":2", "\"pid\":17", "\"capabilities_typed\":{\"humanLabel\":\"x\"}")) {
      JsonNode poll = pollOf("," + mark, "");
      assertThat(poll.at("/work_items")).as(mark).hasSize(1);
      assertThat(poll.at("/work_items/0/payload")).isEqualTo(poll.at("/work/0"));
      assertThat(poll.at("/work_items/0/id")).isEqualTo(poll.at("/work/0/sessionId"));
      assertThat(poll.at("/work_items/0/type").asText()).isEqualTo("session.start");
      assertThat(poll.at("/work_items/0/created_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
      assertThat(poll.at("/preClaimed").asBoolean()).isTrue();
    }
  }

  @Test
  void theGoDaemonGetsAliasesBehindTheProducersMembers() {
    for (String mark :
        List.of("\"daemonProjects\":[]", "\"hostInfo\":{}", "\"projectAdmissionVersion\":2")) {
      JsonNode poll = pollOf("," + mark, "");
      assertThat(poll.has("work_items")).isFalse();
      aliased(poll.at("/work/0"));
    }
    aliased(pollOf("", "", Map.of("User-Agent", "rensei-daemon/0.31.2")).at("/work/0"));
  }

  @Test
  void anAliasNeverReplacesWhatTheProducerSaid() {
    String own = ",\"promptContext\":\"mine\",\"LinearSessionID\":\"theirs\"";
    JsonNode item = pollOf(",\"hostInfo\":{}", own).at("/work/0");
    assertThat(item.at("/promptContext").asText()).isEqualTo("mine");
    assertThat(item.at("/LinearSessionID").asText()).isEqualTo("theirs");
    assertThat(item.has("linearSessionId")).as("Go would read it in place of the other").isFalse();
    assertThat(item.at("/trackerSessionId")).isEqualTo(item.at("/sessionId"));
  }

  @Test
  void nothingIsAddedForAGoDaemonToAnItemWithAnOperationalPayload() {
    JsonNode item = pollOf(",\"hostInfo\":{}", SealedItemContract::sealed).at("/work/0");
    assertThat(item.at("/operationalPayload/prompt")).isEqualTo(item.at("/prompt"));
    assertThat(item.has("promptContext")).isFalse();
    assertThat(item.has("linearSessionId")).isFalse();
    assertThat(item.has("trackerSessionId")).isFalse();
  }

  @Test
  void batchWorkIsAnsweredToAWorkerThatCanScan() {
    assertThat(pollOf("", "").has("batchWork")).isFalse();
    String scans = ",\"capabilities\":[\"code-survival-scan\"]";
    assertThat(pollOf(scans, "").at("/batchWork").isArray()).isTrue();
  }

  private static void aliased(JsonNode item) {
    assertThat(item.at("/promptContext")).isEqualTo(item.at("/prompt"));
    assertThat(item.at("/linearSessionId")).isEqualTo(item.at("/sessionId"));
    assertThat(item.at("/trackerSessionId")).isEqualTo(item.at("/sessionId"));
    assertThat(item.at("/prompt").asText()).isEqualTo("say \"hi\"");
  }

  private JsonNode pollOf(String registration, String item) {
    return pollOf(registration, item, Map.of());
  }

  private JsonNode pollOf(String registration, String more, Map<String, String> headers) {
    return pollOf(registration, members -> "{" + members + more + "}", headers);
  }

  private JsonNode pollOf(String registration, UnaryOperator<String> item) {
    return pollOf(registration, item, Map.of());
  }

  private JsonNode pollOf(
      String registration, UnaryOperator<String> item, Map<String, String> headers) {
    String tag = "dialect-" + System.nanoTime();
    server()
        .enqueue(
            item.apply(
                "\"sessionId\":\""
                    + tag
                    + "\",\"projectName\":\""
                    + tag
                    + "\","
                    + "\"prompt\":\"say \\\"hi\\\"\",\"queuedAt\":1767225600000"));
    Answer registered =
        server()
            .call(
                "POST",
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"h\",\"projects\":[\"" + tag + "\"]" + registration + "}",
                headers);
    TestWorker worker =
        new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
    JsonNode poll = StrictJson.read(worker.poll());
    assertThat(poll.at("/claimedSessionIds/0").asText()).isEqualTo(tag);
    server().delete("/api/workers/" + worker.id(), worker.token());
    server().delete("/api/work/" + tag, API_KEY);
    return poll;
  }
}
