package dev.sluice.service.replay.clients;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.replay.ReplayScene;
import dev.sluice.service.replay.ReplayWorker;
import dev.sluice.service.replay.clients.GoRunner.Tick;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days in the life of a session of the Go client: its messages and its ends. */
public abstract class GoRunnerContract extends ReplayScene {

  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private GoDaemon daemon;

  @BeforeEach
  void startDaemon() {
    daemon = new GoDaemon(server(), tag, 1).register();
    kept(new ReplayWorker(server().calls(REGISTRATION_TOKEN), daemon.id()));
  }

  @Test
  void aDirectiveIsInjectedOnce() {
    GoRunner runner = run("a");
    send(runner.sessionId(), "directive", "Keep the old API");
    assertThat(daemon.poll()).as("a poll brings none, as it checks itself").isEmpty();
    assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
    assertThat(runner.conversation()).containsExactly("user: Keep the old API");
    for (int i = 0; i < 4; i++) {
      assertThat(runner.tick()).as("which acknowledges it").isEqualTo(Tick.GOES_ON);
      pass(VISIBILITY);
    }
    assertThat(runner.conversation()).hasSize(1);
  }

  @Test
  void aDirectiveThatItNeverReadIsInjectedAgain() {
    GoRunner runner = run("a");
    send(runner.sessionId(), "directive", "Keep the old API");
    runner.tick();
    runner.forgetsWhatItRead();
    runner.tick();
    assertThat(runner.conversation()).as("it may yet say that it has it").hasSize(1);
    pass(VISIBILITY);
    runner.tick();
    assertThat(runner.conversation())
        .containsExactly("user: Keep the old API", "user: Keep the old API");
    runner.tick();
    pass(VISIBILITY);
    runner.tick();
    assertThat(runner.conversation()).hasSize(2);
  }

  @Test
  void severalMessagesComeOneATickUserDirectivesFirst() {
    GoRunner runner = run("a");
    send(runner.sessionId(), "hook-result", "Build is green");
    send(runner.sessionId(), "nudge", "Are you there?");
    send(runner.sessionId(), "directive", "One");
    send(runner.sessionId(), "directive", "Two");
    for (int i = 0; i < 5; i++) {
      assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
    }
    assertThat(runner.conversation())
        .containsExactly("user: One", "user: Two", "memory: Build is green");
    pass(VISIBILITY.plusSeconds(1));
    runner.tick();
    assertThat(runner.conversation()).as("a nudge is never words").hasSize(3);
  }

  @Test
  void aStopCancelsItAtItsNextTickAndItsSlotIsFreeAfterItsReport() {
    GoRunner runner = run("a");
    String next = enqueue("b");
    stop(runner.sessionId());
    assertThat(state(runner.sessionId())).isEqualTo("stopped");
    assertThat(daemon.poll()).as("it still holds the slot").isEmpty();
    assertThat(runner.tick()).isEqualTo(Tick.CANCELLED);
    assertThat(runner.result("stopped", ",\"error\":{\"message\":\"cancelled\"}")).isEqualTo(200);
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(next);
    assertThat(state(runner.sessionId()))
        .as("and it is never dispatched again")
        .isEqualTo("stopped");
  }

  @Test
  void aStopWinsOverADirective() {
    GoRunner runner = run("a");
    send(runner.sessionId(), "directive", "Go on");
    send(runner.sessionId(), "stop", "");
    assertThat(runner.tick()).isEqualTo(Tick.CANCELLED);
    assertThat(runner.conversation()).isEmpty();
  }

  @Test
  void aResultThatContradictsAStopIsRefusedForGoodAndFreesTheSlotAllTheSame() {
    GoRunner runner = run("a");
    String next = enqueue("b");
    stop(runner.sessionId());
    assertThat(runner.result("failed", ",\"error\":{\"message\":\"aborted\"}")).isEqualTo(409);
    assertThat(state(runner.sessionId())).isEqualTo("stopped");
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(next);
  }

  @Test
  void aSessionThatNeverStartedFailsStraightFromItsClaim() {
    String id = enqueue("a");
    GoRunner runner = new GoRunner(daemon, daemon.poll().get(0));
    assertThat(runner.result("failed", ",\"error\":{\"message\":\"clone failed\"}")).isEqualTo(200);
    assertThat(state(id)).isEqualTo("failed");
    assertThat(work(id).at("/result/error/message").asText()).isEqualTo("clone failed");
    String next = enqueue("b");
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(next);
  }

  @Test
  void aResultPostedAgainAndALateRunningAreTakenAndChangeNothing() {
    GoRunner runner = run("a");
    runner.completes("Done");
    String before = work(runner.sessionId()).toString();
    assertThat(runner.result("completed", ",\"totalCostUsd\":0.4213")).isEqualTo(200);
    assertThat(runner.result("running", "")).isEqualTo(200);
    assertThat(runner.tick()).as("and a late tick ends it").isEqualTo(Tick.CANCELLED);
    assertThat(work(runner.sessionId())).hasToString(before);
  }

  @Test
  void aResultUnderAnAttemptIsAReplayOnlyWithTheSameBody() {
    GoRunner runner = run("a");
    String result = "\"status\":\"completed\",\"summary\":\"Fixed\",\"attempt\":\"a1\"";
    assertThat(runner.call("status", result).status()).isEqualTo(200);
    Answer again = runner.call("status", result);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().at("/replay").asBoolean()).isTrue();
    Answer other = runner.call("status", result.replace("Fixed", "Something else"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(work(runner.sessionId()).at("/result/summary").asText()).isEqualTo("Fixed");
  }

  @Test
  void aSessionWhoseDaemonWasDeregisteredEndsAtItsNextTick() {
    GoRunner runner = run("a");
    server().calls(REGISTRATION_TOKEN).delete("/api/workers/" + daemon.id());
    assertThat(runner.tick()).as("never a 403, which it would try nine times").isEqualTo(Tick.LOST);
    assertThat(runner.result("completed", "")).as("for good, as any 4xx").isEqualTo(401);
  }

  @Test
  void itsSignsAloneKeepASessionWhileTheDaemonIsBusy() {
    GoRunner runner = run("a");
    for (int i = 0; i < 12; i++) {
      server().pass(Duration.ofSeconds(30));
      runner.step();
    }
    assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
    runner.completes("Done");
  }

  private GoRunner run(String name) {
    String id = enqueue(name);
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    GoDaemon.Item item = daemon.poll().get(0);
    assertThat(item.sessionId()).isEqualTo(id);
    GoRunner runner = new GoRunner(daemon, item);
    runner.activity("\"type\":\"thought\",\"content\":\"Begins\"");
    return runner;
  }

  private void pass(Duration time) {
    server().pass(time);
    assertThat(daemon.heartbeat("busy", 1)).isTrue();
  }
}
