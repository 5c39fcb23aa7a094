package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.ProtocolStub.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "SLUICE_REGISTRATION_TOKEN", ProtocolStub.REGISTRATION_TOKEN,
          "SLUICE_API_KEY", ProtocolStub.API_KEY);

  private static final String SMALL =
      "--workers 4 --connections 2 --items 40 --batch 15 --warmup 10 --patience 0 --payload-bytes"
          + " 200";

  private static final String DISPATCH =
      "--mode dispatch --workers 4 --warmup 8 --patience 1 --payload-bytes 200";

  @TempDir Path directory;

  private record Outcome(int code, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }

    List<String> failedChecks() throws IOException {
      return StreamSupport.stream(json().get("failedChecks").spliterator(), false)
          .map(check -> check.get("check").asText())
          .toList();
    }
  }

  @Test
  void aGoodServerIsMeasured() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome = bench(server, SMALL + " --complete --projects 3 --runs 3 --json");

      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      JsonNode report = outcome.json();
      assertThat(report.get("passed").asBoolean()).isTrue();
      JsonNode figures = report.get("figures");
      for (String figure :
          List.of(
              "enqueuedPerSecond", "claimedPerSecond", "completedPerSecond", "pollsPerSecond")) {
        assertThat(figures.get(figure).get("runs")).as(figure).hasSize(3);
        assertThat(figures.get(figure).get("min").asDouble()).as(figure).isPositive();
      }
      assertThat(figures.get("latencyP99Ms").get("median").asDouble()).isPositive();
      assertThat(figures.get("emptyPollShare").get("median").asDouble()).isBetween(0.0, 1.0);
      for (String status : List.of("running", "completed")) {
        assertThat(server.statuses()).filteredOn(status::equals).hasSize(3 * 40 + 10);
      }
      assertThat(server.waiting()).isZero();
      assertThat(server.workers()).as("left registered").isZero();
    }
  }

  @Test
  void peopleReadATable() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome = bench(server, SMALL + " --runs 2");
      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      assertThat(outcome.out)
          .contains(
              "bench drain, 40 items of 200 bytes in 1 project(s), 4 workers over 2 connections")
          .containsPattern("min +median +max")
          .containsPattern("claimed +[0-9.]+ +[0-9.]+ +[0-9.]+ items/s")
          .contains("all checks passed");
      assertThat(outcome.err).contains("warm-up: 10 items").contains("run 2 of 2");
    }
  }

  @Test
  void withoutCompletionsWhatWasClaimedIsEndedAfterwards() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      assertThat(bench(server, SMALL).code).isZero();
      assertThat(server.statuses()).hasSize(50).containsOnly("completed");
      assertThat(server.stillClaimed()).isZero();
    }
  }

  @Test
  void aDispatchIsMeasuredFromEnqueueToHandOut() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome = bench(server, DISPATCH + " --rate 100 --seconds 0.2 --runs 2 --json");

      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      JsonNode figures = outcome.json().get("figures");
      for (String figure : List.of("latencyP50Ms", "latencyP99Ms", "latencyMaxMs")) {
        assertThat(figures.get(figure).get("runs")).as(figure).hasSize(2);
      }
      assertThat(server.statuses()).hasSize(8 + 2 * 20).containsOnly("completed");
      assertThat(server.waiting()).isZero();
      assertThat(server.workers()).as("left registered").isZero();
    }
  }

  @Test
  void readersTellTheAgeOfEvents() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome =
          bench(
              server,
              DISPATCH + " --rate 100 --seconds 0.2 --readers 2 --quiet-readers 3 --runs 2 --json");

      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      JsonNode figures = outcome.json().get("figures");
      for (String figure : List.of("eventsPerSecond", "eventAgeP99Ms", "eventAgeMaxMs")) {
        assertThat(figures.get(figure).get("runs")).as(figure).hasSize(2);
      }
      assertThat(figures.get("eventAgeMaxMs").get("max").asDouble()).isLessThan(10_000);
    }
  }

  @Test
  void readersThatAreRefusedEndTheMeasurement() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      server.close();
      Outcome outcome = bench(server, DISPATCH + " --readers 2");

      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.out).contains("FAILED");
    }
  }

  @Test
  void aBurstIsMeasuredUntilItsLastItemIsOut() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome = bench(server, DISPATCH + " --burst --runs 3");

      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      assertThat(outcome.out)
          .contains("bench dispatch, a burst, 4 workers over 5 connections")
          .containsPattern("burst out after +[0-9.]+ +[0-9.]+ +[0-9.]+ ms");
      assertThat(server.statuses()).hasSize(8 + 3 * 4);
    }
  }

  @Test
  void stockWorkersPollAsTheyDo() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome =
          bench(
              server,
              DISPATCH + " --stock --capacity 100 --rate 100 --seconds 0.2 --runs 2 --json");

      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      JsonNode report = outcome.json();
      assertThat(report.get("workers").asInt()).isEqualTo(3 * 4);
      assertThat(report.at("/figures/latencyP99Ms/runs")).hasSize(2);
      assertThat(report.at("/figures/handedWithoutSlot/max").asDouble()).isZero();
      for (String status : List.of("running", "completed")) {
        assertThat(server.statuses()).filteredOn(status::equals).hasSize(8 + 2 * 20);
      }
      assertThat(server.workers()).as("left registered").isZero();
    }
  }

  @Test
  void whatAStockWorkerHasNoSlotForFailsTheCheck() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.IGNORES_SLOTS)) {
      Outcome outcome =
          bench(server, DISPATCH + " --stock --rate 1000 --seconds 0.1 --warmup 0 --json");
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.failedChecks()).containsExactly("noSlot");
      assertThat(outcome.json().at("/figures/handedWithoutSlot/max").asDouble()).isPositive();
    }
  }

  @Test
  void anItemThatIsNeverDispatchedIsMissed() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.LOSES_AN_ITEM)) {
      Outcome outcome = bench(server, DISPATCH + " --warmup 0 --burst --json");
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.failedChecks()).containsExactly("missing");
    }
  }

  @Test
  void aServerWithoutTokensIsMeasuredToo() throws Exception {
    try (ProtocolStub server = ProtocolStub.plain()) {
      Outcome outcome = bench(server, SMALL + " --complete");
      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      assertThat(outcome.out).contains("no claim tokens");
    }
  }

  @Test
  void aDoubledItemFailsTheCheck() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.DOUBLES_AN_ITEM)) {
      Outcome outcome = bench(server, SMALL + " --warmup 0 --prefix kill-1-");
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.out)
          .contains("CHECK FAILED, doubled: handed out more than once (1)")
          .containsPattern("\n  kill-1-\\d{8}\n")
          .doesNotContain("all checks passed");
    }
  }

  @Test
  void eachFaultIsFoundByItsCheck() throws Exception {
    Map<Fault, String> found =
        Map.of(
            Fault.DOUBLES_AN_ITEM, "doubled",
            Fault.DOUBLES_THE_LAST_ITEM, "doubled",
            Fault.LOSES_AN_ITEM, "missing",
            Fault.SWAPS_TWO_ITEMS, "order",
            Fault.DENIES_PRE_CLAIM, "preClaimed",
            Fault.REPEATS_A_TOKEN, "tokens",
            Fault.HANDS_OUT_FOREIGN_WORK, "foreign",
            Fault.REFUSES_AN_ITEM, "enqueue",
            Fault.REFUSES_A_REPORT, "status");
    for (Fault fault : found.keySet()) {
      try (ProtocolStub server = ProtocolStub.bad(fault)) {
        Outcome outcome = bench(server, SMALL + " --warmup 0 --complete --json");
        assertThat(outcome.code).as(fault + outcome.out).isEqualTo(1);
        assertThat(outcome.failedChecks()).as(fault.name()).contains(found.get(fault));
        assertThat(outcome.json().get("passed").asBoolean()).isFalse();
      }
    }
  }

  @Test
  void foreignWorkIsNotEnded() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.HANDS_OUT_FOREIGN_WORK)) {
      bench(server, SMALL + " --warmup 0");
      assertThat(server.stillClaimed()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsAwayIsWaitedForWhereAsked() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.IS_AWAY_FOR_A_POLL)) {
      Outcome outcome = bench(server, SMALL);
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.out).contains("FAILED: GET /api/workers/").contains("503: store away");
    }
    try (ProtocolStub server = ProtocolStub.bad(Fault.IS_AWAY_FOR_A_POLL)) {
      Outcome outcome = bench(server, SMALL + " --retry 5");
      assertThat(outcome.code).as(outcome.out).isZero();
      assertThat(outcome.out).contains("1 requests had to be repeated");
    }
  }

  @Test
  void aRefusedCallEndsTheMeasurement() throws Exception {
    try (ProtocolStub server = ProtocolStub.bad(Fault.FORGETS_A_WORKER)) {
      Outcome outcome = bench(server, SMALL + " --json");
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.json().get("failure").asText()).endsWith("404: Worker not found");
    }
  }

  @Test
  void whatOneCallEnqueuesAnotherDrains() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      assertThat(bench(server, SMALL + " --enqueue-only --prefix kill-").code).isZero();
      assertThat(server.waiting()).isEqualTo(40);

      assertThat(bench(server, SMALL + " --drain-only --prefix kill- --complete").code).isZero();
      assertThat(server.waiting()).isZero();

      Outcome again = bench(server, SMALL + " --drain-only --prefix kill-");
      assertThat(again.code).isEqualTo(1);
      assertThat(again.out).contains("CHECK FAILED, missing").contains("(40)").contains("  ...");
    }
  }

  @Test
  void workThatSomebodyElseEnqueuedIsDrained() throws Exception {
    try (ProtocolStub server = ProtocolStub.plain()) {
      for (int i = 0; i < 12; i++) {
        server.enqueue("{\"sessionId\":\"\\u00fc/ " + i + "\",\"priority\":3}");
      }
      Outcome outcome = bench(server, "--drain-only --items 12 --complete --patience 0");
      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      assertThat(server.stillClaimed()).isZero();
    }
  }

  @Test
  void pollsAmongWaitingItemsLeaveTheRest() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome = bench(server, SMALL + " --mode waiting --polls 4 --runs 3 --warmup 50");
      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      assertThat(server.waiting()).isEqualTo(40 - 4 * 5);
      assertThat(outcome.out).contains("note: 20 items are left").contains("latency p99");
    }
  }

  @Test
  void manyWorkersOfManyProjectsPollWhileWorkWaits() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome outcome =
          bench(
              server,
              SMALL
                  + " --mode waiting --polls 3 --projects 1200 --all-projects --workers 30 --json");
      assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
      JsonNode report = outcome.json();
      assertThat(report.get("workers").asInt()).isEqualTo(30);
      assertThat(report.get("connections").asInt()).isEqualTo(2);
      assertThat(report.get("projects").asInt()).isEqualTo(1_200);
      assertThat(report.get("allProjects").asBoolean()).isTrue();
      assertThat(report.get("polls").asInt()).isEqualTo(3);
      assertThat(report.at("/figures/latencyP50Ms/runs")).hasSize(1);
      assertThat(server.waiting()).isEqualTo(40 - 3 * 5);
      assertThat(server.workers()).as("left registered").isZero();
    }
  }

  @Test
  void emptyPollsAndHeartbeats() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Outcome polls =
          bench(server, "--mode empty-polls --warmup 10 --seconds 0.05 --runs 2 --json");
      assertThat(polls.code).as(polls.out + polls.err).isZero();
      JsonNode figures = polls.json().get("figures");
      assertThat(figures.get("pollsPerSecond").get("min").asDouble()).isPositive();
      assertThat(figures.get("emptyPollShare").get("min").asDouble()).isEqualTo(1);

      Outcome beats = bench(server, "--mode heartbeats --warmup 10 --seconds 0.05 --json");
      assertThat(beats.code).as(beats.out + beats.err).isZero();
      assertThat(beats.json().get("figures").has("heartbeatsPerSecond")).isTrue();

      server.enqueue("{\"sessionId\":\"s\",\"priority\":3}");
      Outcome notEmpty = bench(server, "--mode empty-polls --warmup 10 --seconds 0.05 --json");
      assertThat(notEmpty.code).isEqualTo(1);
      assertThat(notEmpty.failedChecks()).containsExactly("foreign");
    }
  }

  @Test
  void badUsageIsCodeTwo() throws Exception {
    Outcome option = run(CREDENTIALS, "--workers", "none");
    assertThat(option.code).isEqualTo(2);
    assertThat(option.err).contains("bench: --workers must be");
    assertThat(option.out).isEmpty();

    Outcome credential = run(Map.of(), "--url", "http://127.0.0.1:1");
    assertThat(credential.code).isEqualTo(2);
    assertThat(credential.err).contains("no credential");

    Outcome unknown = run(CREDENTIALS, "--fast");
    assertThat(unknown.code).isEqualTo(2);
    assertThat(unknown.err).contains("--fast", "usage: java -jar sluice-bench.jar");
  }

  @Test
  void noServerIsCodeOne() throws Exception {
    Outcome outcome = run(CREDENTIALS, "--url", "http://127.0.0.1:1", "--json");
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.json().get("failure").asText()).contains("cannot connect");
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      List<String> arguments =
          new ArrayList<>(List.of((SMALL + " --url " + server.url()).split(" ")));
      arguments.addAll(List.of("--api-key", "rsk_live_wrong"));
      arguments.addAll(List.of("--registration-token", ProtocolStub.REGISTRATION_TOKEN));
      Outcome outcome = run(Map.of(), arguments.toArray(String[]::new));
      assertThat(outcome.code).isEqualTo(1);
      assertThat(outcome.out).contains("401: bad key");
      assertThat(outcome.out + outcome.err).doesNotContain("rsk_live_");
    }
  }

  private Outcome bench(ProtocolStub server, String arguments) throws Exception {
    return run(CREDENTIALS, (arguments + " --url " + server.url()).split(" "));
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new Main(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment::get,
                directory.resolve("credentials.env"))
            .run(arguments);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
