package dev.sluice.service.replay.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.replay.ReplayWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One session of the Go client: its pulser, activity poster, step heartbeat and result poster, and
 * the reaction of each to answers.
 */
final class GoRunner {

  enum Tick {
    GOES_ON,
    /** Aborted as cancelled by an operator; never dispatched again. */
    CANCELLED,
    /** Aborted as another worker's. */
    LOST
  }

  private final GoDaemon daemon;
  private final GoDaemon.Item item;
  private final String workerId;
  private final List<String> conversation = new ArrayList<>();
  private String toAcknowledge = "";
  private boolean running;

  /** Begins with a tick. */
  GoRunner(GoDaemon daemon, GoDaemon.Item item) {
    this.daemon = daemon;
    this.item = item;
    this.workerId = daemon.id();
    assertThat(tick()).isEqualTo(Tick.GOES_ON);
  }

  String sessionId() {
    return item.sessionId();
  }

  List<String> conversation() {
    return conversation;
  }

  /** A tick of the pulser, each 30 s. */
  Tick tick() {
    Answer answer =
        call(
            "lock-refresh",
            "\"issueId\":\"%s\"%s"
                .formatted(
                    item.issueId(),
                    toAcknowledge.isEmpty() ? "" : ",\"ackedInject\":\"" + toAcknowledge + "\""));
    assertThat(answer.status())
        .as("three of these, and it aborts: %s", answer.body())
        .isEqualTo(200);
    GoJson refresh = new GoJson(StrictJson.read(answer));
    toAcknowledge = "";
    if (refresh.bool("stop")) {
      return Tick.CANCELLED;
    }
    if (!refresh.bool("refreshed")) {
      return Tick.LOST;
    }
    GoJson inject = refresh.struct("inject");
    if (inject != null) {
      assertThat(inject.string("turnId")).isNotEmpty();
      conversation.add(inject.string("kind") + ": " + inject.string("text"));
      toAcknowledge = inject.string("deliveryId");
      assertThat(toAcknowledge).isNotEmpty();
    }
    return Tick.GOES_ON;
  }

  void forgetsWhatItRead() {
    toAcknowledge = "";
  }

  /** Posts an activity; after the first, that it runs. */
  void activity(String members) {
    Answer answer = call("activity", "\"activity\":{" + members + "}");
    if (answer.status() == 401) { // it reads its credentials again
      assertThat(daemon.heartbeat("busy", 1)).isFalse();
      answer = call("activity", "\"activity\":{" + members + "}");
    }
    assertThat(answer.status()).as("else it is dropped: %s", answer.body()).isEqualTo(200);
    if (!running) {
      running = true;
      assertThat(call("status", "\"status\":\"running\"").status()).isEqualTo(200);
    }
  }

  /** A sign each 15 s; answers are ignored. */
  void step() {
    assertThat(call("step-heartbeat", "\"emittedAt\":\"2026-11-25T08:00:00.123456789Z\"").status())
        .isEqualTo(200);
  }

  /** Ends a successful run: its summary, then its result. */
  void completes(String summary) {
    Answer answer = call("completion", "\"summary\":\"" + summary + "\"");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(new GoJson(StrictJson.read(answer)).integer("posted")).isEqualTo(1);
    assertThat(
            result(
                "completed",
                ",\"providerSessionId\":\"provider-5f0c\",\"worktreePath\":\"/w/ENG-124\","
                    + "\"totalCostUsd\":0.4213,\"inputTokens\":120394,\"outputTokens\":8021"))
        .isEqualTo(200);
  }

  /** Posts a result; returns the status. Only a 5xx is repeated. */
  int result(String status, String members) {
    return call("status", "\"status\":\"" + status + "\"" + members).status();
  }

  Answer call(String call, String members) {
    return daemon
        .calls()
        .call(
            "POST",
            ReplayWorker.path(item.sessionId(), call),
            "{\"workerId\":\"%s\",%s}".formatted(workerId, members),
            Map.of());
  }
}
