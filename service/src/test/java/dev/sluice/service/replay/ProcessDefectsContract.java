package dev.sluice.service.replay;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static dev.sluice.service.replay.KilledDrain.ISSUES;
import static dev.sluice.service.replay.KilledDrain.SESSIONS;
import static dev.sluice.service.replay.KilledDrain.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.process.SluiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Absent defects: the open-source server's, when its process is killed between two steps, or runs
 * twice. Each service is its own process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class ProcessDefectsContract {

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SLUICE_REGISTRATION_TOKEN", REGISTRATION_TOKEN,
          "SLUICE_API_KEY", API_KEY,
          "SLUICE_DATA_DIR", "./data");

  Path directory;

  private KilledDrain drain;

  /** One process, on a store that outlives it. */
  abstract SluiceProcess start();

  /** Two processes on one store. */
  abstract List<SluiceProcess> startTwo();

  @BeforeAll
  void killInTheMidst(@TempDir Path folder) throws Exception {
    directory = folder;
    drain = new KilledDrain(this::start);
  }

  @Test
  void aProcessKilledInAPollLosesNoItem() {
    drain.afterwards.forEach(
        (id, work) -> {
          String place = work.at("/place").asText();
          assertThat(place).as(id).isIn("ready", "parked", "claimed", "ended");
          if (place.equals("ended")) {
            assertThat(drain.ending).contains(id);
            assertThat(drain.drained).as("ended and handed out again").doesNotContainKey(id);
          } else {
            assertThat(drain.drained).as("waits, or was claimed").containsKey(id);
          }
        });
    assertThat(drain.afterwards).hasSize(SESSIONS);
    assertThat(drain.drained.keySet()).doesNotContainAnyElementsOf(drain.ended);
  }

  @Test
  void aClaimCutShortByAKillIsWholeOrNotThereAtAll() {
    drain.afterwards.forEach(
        (id, work) -> {
          boolean claimed = work.at("/place").asText().equals("claimed");
          String owner = work.at("/workerId").asText();
          assertThat(work.at("/state").asText().equals("claimed")).as(id).isEqualTo(claimed);
          if (claimed) {
            assertThat(drain.held.get(owner)).as("active set of its owner").contains(id);
            assertThat(drain.heard.getOrDefault(id, owner)).as("told to").isEqualTo(owner);
          }
        });
    drain.held.forEach(
        (worker, ids) ->
            assertThat(ids)
                .allSatisfy(
                    id ->
                        assertThat(drain.afterwards.get(id).at("/place").asText())
                            .isEqualTo("claimed")));
    drain.drained.forEach(
        (id, item) -> {
          assertThat(item.at("/model").asText()).isEqualTo("model of " + id);
          assertThat(item.at("/providerSessionId").asText()).isEqualTo("provider-" + id);
          assertThat(item.at("/sourceSessionId").asText()).isEqualTo("source-" + id);
          assertThat(item.at("/tenantEnvelope/jwt").asText()).isEqualTo("a.b." + id);
        });
  }

  @Test
  void aProcessKilledAtAnEndLosesNoneThatWaitForItsIssue() {
    for (int issue = 0; issue < ISSUES; issue++) {
      List<String> places = new ArrayList<>();
      for (int number = 0; number < SESSIONS / ISSUES; number++) {
        places.add(drain.afterwards.get(session(issue, number)).at("/place").asText());
      }
      List<String> live = places.stream().filter(place -> !place.equals("ended")).toList();
      long next = live.stream().filter(Set.of("ready", "claimed")::contains).count();
      assertThat(next).as("issue %d: %s", issue, places).isEqualTo(live.isEmpty() ? 0 : 1);
    }
  }

  @Test
  void aMessageReachesItsWorkerThroughEveryNodeThoughAnotherEndedItsAgentsSessions() {
    List<SluiceProcess> nodes = startTwo();
    try {
      String one = nodes.get(0).url();
      String two = nodes.get(1).url();
      Calls producer = new Calls(one, API_KEY);
      ReplayWorker worker =
          ReplayWorker.register(
              new Calls(two, REGISTRATION_TOKEN), "{\"hostname\":\"h\",\"projects\":[\"nodes\"]}");
      ReplayWorker elsewhere = new ReplayWorker(new Calls(one, REGISTRATION_TOKEN), worker.id());
      for (String id : List.of("nodes-1", "nodes-2", "nodes-3")) {
        producer.post(
            "/api/work",
            "{\"sessionId\":\"%s\",\"prompt\":\"p\",\"projectName\":\"nodes\",\"agentId\":\"one\"}"
                .formatted(id));
        worker.run(id);
        String sent =
            producer
                .post(
                    ReplayWorker.path(id, "inbox"),
                    "{\"type\":\"directive\",\"payload\":\"To %s\"}".formatted(id))
                .at("/id")
                .asText();
        List<JsonNode> read = worker.messages(id); // sent through one node, read through the other
        assertThat(read).hasSize(1);
        assertThat(read.get(0).at("/id").asText()).isEqualTo(sent);
        worker.ack(id, read.get(0));
        elsewhere.report(id, "completed"); // and its inbox is archived by the first
      }
    } finally {
      nodes.forEach(SluiceProcess::kill);
    }
  }

  /** Starts two at once, since none serves before there are two. */
  static List<SluiceProcess> both(IntFunction<SluiceProcess> start) {
    return IntStream.range(0, 2).parallel().mapToObj(start).toList();
  }
}
