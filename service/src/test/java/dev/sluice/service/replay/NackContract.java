package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.Page;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class NackContract extends ReplayScene {

  private static final Duration POLL = Duration.ofSeconds(5);
  private static final int ITEMS = 100;

  @Test
  void aDaemonThatNacksEverythingKillsNothing() {
    ReplayWorker bad = worker(5);
    ReplayWorker good = worker(2);
    List<String> items = IntStream.range(0, ITEMS).mapToObj(n -> enqueue("n" + n)).toList();
    int done = 0;
    int nacks = 0;
    String reason = "";

    for (int polls = 0; done < ITEMS && polls < 10 * ITEMS; polls++) {
      for (String id : bad.claims()) {
        assertThat(bad.post(id, "nack", "\"reason\":\"paused\"").at("/requeued").asBoolean())
            .isTrue();
        nacks++;
      }
      if (nacks == 10 && reason.isEmpty()) {
        reason = String.valueOf(record(bad).quarantineReason(server().now()));
      }
      for (String id : good.claims()) {
        good.report(id, "running");
        good.report(id, "completed");
        done++;
      }
      server().pass(POLL);
    }

    assertThat(items).allSatisfy(id -> assertThat(state(id)).isEqualTo("completed"));
    assertThat(nacks).as("held back after ten").isLessThan(20);
    assertThat(reason).isEqualTo("nacked 10 items in a row");
  }

  private Worker record(ReplayWorker worker) {
    return server().backend().workers().list("default", null, Page.MAX).items().stream()
        .filter(each -> each.registration().workerId().equals(worker.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneDaemonAloneKillsNothingInADay() {
    ReplayWorker daemon = worker(1);
    String id = enqueue("a");
    for (int hour = 0; hour < 24; hour++) {
      for (String claimed : daemon.claims()) {
        daemon.post(claimed, "nack", "\"reason\":\"no such repository\"");
      }
      server().pass(Duration.ofHours(1));
    }

    assertThat(work(id).at("/place").asText()).isIn("ready", "returned");
    assertThat(work(id).at("/nacks").asInt()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void whatTwoWorkersSayCanRunNowhereIsDeadAndSaysWhy() {
    ReplayWorker first = worker(3);
    ReplayWorker daemon = worker(2);
    String preflight = enqueue("preflight");
    String denial = enqueue("denial");
    String other = enqueue("other");
    assertThat(first.claims()).containsExactly(preflight, denial, other);

    assertThat(denied(first, preflight, denial).toString())
        .isEqualTo("{\"nacked\":true,\"sessionId\":\"" + preflight + "\",\"requeued\":true}");
    assertThat(place(preflight)).isEqualTo("returned");
    assertThat(daemon.claims()).containsExactly(preflight, denial);
    JsonNode nacked = denied(daemon, preflight, denial);
    first.post(
        other,
        "nack",
        """
        "receiptPreflightReason":{"contractVersion":"receipt-preflight-nack-reason/v1",\
        "code":"endpoint_unreachable"}\
        """);

    assertThat(nacked.toString())
        .isEqualTo("{\"nacked\":true,\"sessionId\":\"" + preflight + "\",\"requeued\":false}");
    assertThat(work(preflight).at("/dead/kind").asText()).isEqualTo("denied");
    assertThat(work(preflight).at("/result/error").asText())
        .isEqualTo("accept work failed: can't fall back (fallback_not_allowed)");
    assertThat(work(denial).at("/result/error").asText()).isEqualTo("unsupported_channel");
    assertThat(place(other)).isEqualTo("returned");
    operator().post("/api/dead/" + preflight + "/requeue", "{}");
    assertThat(daemon.claims()).contains(preflight);
  }

  /** Denies both, and returns the answer about the first. */
  private static JsonNode denied(ReplayWorker worker, String preflight, String denial) {
    worker.post(
        denial,
        "nack",
        """
        "preSpawnPermanentDenial":{"contractVersion":"pre-spawn-permanent-denial/v1",\
        "code":"unsupported_channel"}\
        """);
    return worker.post(
        preflight,
        "nack",
        """
        "reason":"accept work failed: can't fall back","receiptPreflightReason":\
        {"contractVersion":"receipt-preflight-nack-reason/v1","code":"fallback_not_allowed"}\
        """);
  }

  @Test
  void aNackMayBeLargeAndItsItemIsPassedOver() {
    ReplayWorker daemon = worker(2);
    String id = enqueue("large");
    assertThat(daemon.claims()).containsExactly(id);
    String item = "{\"prompt\":\"" + "\\u003c".repeat(2_500_000) + "\u00e9\ud83d\ude00\"}";

    daemon.post(id, "nack", "\"work\":" + item + ",\"reason\":\"too large\"");

    assertThat(place(id)).isEqualTo("returned");
    String tooLarge = "\"x\":\"" + "x".repeat(16 * 1024 * 1024) + "\"";
    assertThat(daemon.any(id, "nack", tooLarge).status()).isEqualTo(413);
    assertThat(daemon.any(id, "activity", tooLarge.substring(0, 3_000_000) + "\"").status())
        .isEqualTo(413);
  }

  @Test
  void aNackOfAnOlderClaimIsRefused() {
    String contract = ",\"claimAttemptContracts\":[\"work-claim-attempt/v1\"]";
    ReplayWorker daemon = worker(3, contract);
    String id = enqueue("a");
    String other = enqueue("b");
    JsonNode poll = daemon.poll();
    JsonNode attempt = poll.at("/claimAttempts").path(id);
    String foreign = poll.at("/claimAttempts").path(other).toString();
    assertThat(attempt.at("/sessionId").asText()).isEqualTo(id);
    assertThat(UUID.fromString(attempt.at("/attemptToken").asText()).version()).isEqualTo(4);
    String before = work(id).toString();

    assertThat(nack(daemon, id, foreign)).isEqualTo(409);
    assertThat(nack(daemon, id, "{}")).isEqualTo(400);
    assertThat(nack(daemon, id, attempt.toString().replaceFirst("\\{", "{\"x\":1,")))
        .isEqualTo(400);
    assertThat(nack(daemon, id, attempt + ",\"claimAttempt\":" + attempt)).isEqualTo(400);
    assertThat(work(id).toString()).isEqualTo(before);
    assertThat(nack(daemon, id, attempt.toString())).isEqualTo(200);
    assertThat(nack(daemon, id, attempt.toString())).as("a repeat").isEqualTo(200);

    server().pass(Duration.ofMinutes(1));
    JsonNode again = daemon.poll().at("/claimAttempts").path(id);
    assertThat(again).isNotEqualTo(attempt);
    assertThat(nack(daemon, id, attempt.toString())).isEqualTo(409);
    assertThat(state(id)).isEqualTo("claimed");
    assertThat(nack(daemon, id, again.toString())).isEqualTo(200);
    assertThat(worker(1).poll().has("claimAttempts")).isFalse();
  }

  private static int nack(ReplayWorker worker, String id, String attempt) {
    return worker.any(id, "nack", "\"claimAttempt\":" + attempt).status();
  }
}
