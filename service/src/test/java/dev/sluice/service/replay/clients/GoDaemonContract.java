package dev.sluice.service.replay.clients;

import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.AuthTokens;
import dev.sluice.service.replay.Calls;
import dev.sluice.service.replay.ReplayScene;
import dev.sluice.service.replay.ReplayWorker;
import dev.sluice.service.replay.clients.GoRunner.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Days in the life of the Go daemon: its start, and its recovery with the server. */
public abstract class GoDaemonContract extends ReplayScene {

  private static final Duration SECONDS_30 = Duration.ofSeconds(30);

  @Test
  void aDayOfWork() {
    GoDaemon daemon = start(1);
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    assertThat(daemon.poll()).as("nothing to do yet").isEmpty();

    String first = enqueue("first", ",\"priority\":2,\"queuedAt\":1767225600123");
    String second = enqueue("second");
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    List<GoDaemon.Item> items = daemon.poll();
    assertThat(items).extracting(GoDaemon.Item::sessionId).containsExactly(first);
    GoDaemon.Item item = items.get(0);
    assertThat(item.promptContext()).as("it knows no prompt").isEqualTo("Fix first");
    assertThat(item.priority()).isEqualTo(2);
    assertThat(item.queuedAt()).isEqualTo(1767225600123L);
    assertThat(item.projectName()).isEqualTo(tag);

    GoRunner runner = new GoRunner(daemon, item);
    runner.activity("\"type\":\"thought\",\"content\":\"Reads the tests\"");
    assertThat(state(first)).isEqualTo("running");
    for (int minute = 0; minute < 6; minute++) {
      runner.activity("\"type\":\"action\",\"content\":\"Runs\",\"toolName\":\"Bash\"");
      for (int half = 0; half < 2; half++) {
        server().pass(SECONDS_30);
        runner.step();
        assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
        assertThat(daemon.heartbeat("busy", 1)).isTrue();
        assertThat(daemon.poll()).as("it is full").isEmpty();
      }
    }
    runner.activity("\"type\":\"response\",\"content\":\"Done.\"");
    runner.completes("Fixed the parser");

    assertThat(state(first)).isEqualTo("completed");
    assertThat(work(first).at("/result/totalCostUsd").asDouble()).isEqualTo(0.4213);
    assertThat(daemon.poll())
        .as("its slot is free")
        .extracting(GoDaemon.Item::sessionId)
        .containsExactly(second);
    assertThat(daemon.registrations() + daemon.refreshes()).isEqualTo(1);
  }

  @Test
  void anExpiredTokenIsRenewedAndItsSessionGoesOn() {
    GoDaemon daemon = start(2);
    GoRunner runner = run(daemon, enqueue("a"));
    String worker = daemon.id();

    daemon.holdToken(expired(daemon));
    assertThat(daemon.heartbeat("busy", 1)).isFalse();
    assertThat(daemon.reasons()).containsExactly("runtime-token-expired");
    String next = enqueue("b");
    assertThat(daemon.poll())
        .as("after a refresh that was answered 200 the next poll works")
        .extracting(GoDaemon.Item::sessionId)
        .containsExactly(next);
    assertThat(daemon.id()).isEqualTo(worker);
    assertThat(daemon.registrations()).isEqualTo(1);
    assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);

    daemon.holdToken(expired(daemon));
    runner.activity("\"type\":\"thought\",\"content\":\"Goes on\"");
    assertThat(daemon.refreshes()).as("by its poster's credentials").isEqualTo(2);
    runner.completes("Done");
  }

  @Test
  void aTokenThatNeverCountedIsReplacedToo() {
    GoDaemon daemon = start(1);
    daemon.holdToken("stub.x.y.z");
    assertThat(daemon.poll()).isEmpty();
    assertThat(daemon.reasons()).containsExactly("unauthorized");
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    assertThat(daemon.registrations()).isEqualTo(1);
  }

  @Test
  void aDaemonThatWasDeregisteredRegistersAnewAtOnce() {
    GoDaemon daemon = start(1);
    String old = daemon.id();
    server().calls(REGISTRATION_TOKEN).delete("/api/workers/" + old);
    String id = enqueue("a");

    assertThat(daemon.poll()).isEmpty();
    assertThat(daemon.reasons()).containsExactly("not-found");
    assertThat(daemon.id()).isNotEqualTo(old);
    kept(daemon);
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(id);
    assertThat(daemon.registrations()).isEqualTo(2);
  }

  @Test
  void aDaemonThatSleptThroughItsLeaseJustGoesOn() {
    GoDaemon daemon = start(1);
    server().pass(Duration.ofMinutes(20));
    String id = enqueue("a");
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(id);
    assertThat(daemon.refreshes()).isZero();
  }

  @Test
  void aDaemonThatSleptUntilItWasForgottenRegistersAnew() {
    GoDaemon daemon = start(1);
    server().pass(Duration.ofHours(2).plusMinutes(5)); // retention.silentWorkers of these servers
    assertThat(daemon.heartbeat("idle", 0)).isFalse();
    kept(daemon);
    assertThat(daemon.registrations()).isEqualTo(2);
    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    assertThat(daemon.poll()).isEmpty();
  }

  @Test
  void whatItCantAdmitGoesBackWholeAndToSomebodyElse() {
    GoDaemon daemon = start(1);
    String id =
        enqueue("a", ",\"priority\":2,\"queuedAt\":1767225600123,\"model\":\"m-1\",\"x\":[1.50]");
    GoDaemon.Item item = daemon.poll().get(0);
    assertThat(item.lossy()).as("what it has read of it").doesNotContain("prompt\"", "m-1");
    GoJson nacked = daemon.nack(item, "session rejected: repository not in the allowlist");
    assertThat(nacked.bool("nacked")).isTrue();
    assertThat(nacked.bool("requeued")).isTrue();
    assertThat(nacked.string("sessionId")).isEqualTo(id);
    assertThat(daemon.nack(item, "once more").bool("requeued")).isFalse();
    assertThat(daemon.poll()).as("it polls each 5 s").isEmpty();

    ReplayWorker other = worker(1);
    String given =
        other.calls().call("GET", "/api/workers/" + other.id() + "/poll", null, Map.of()).body();
    assertThat(given).contains("\"prompt\":\"Fix a\"", "\"model\":\"m-1\"", "\"x\":[1.50]");
    assertThat(given).contains("\"priority\":2", "\"queuedAt\":1767225600123");
  }

  @Test
  void aMachineThatRegistersAgainLeavesItsOldRecordToItsSessions() {
    GoDaemon daemon = start(2);
    String old = daemon.id();
    Calls before = daemon.calls();
    GoRunner runner = run(daemon, enqueue("a"));

    GoDaemon reloaded = new GoDaemon(server(), tag, 2).register();
    kept(reloaded);
    assertThat(reloaded.id()).isNotEqualTo(old);
    String next = enqueue("b");
    assertThat(daemon.poll()).as("the machine works under its new name").isEmpty();
    assertThat(reloaded.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(next);

    assertThat(runner.tick()).as("what ran goes on under the old one").isEqualTo(Tick.GOES_ON);
    runner.completes("Done");
    assertThat(before.call("GET", "/api/workers/" + old, null, Map.of()).status())
        .as("and with it the old record goes")
        .isEqualTo(404);
    assertThat(reloaded.heartbeat("busy", 1)).isTrue();
  }

  @Test
  void theWorkOfADaemonThatCrashedIsDoneByAnotherAndItsLateResultIsRefused() {
    GoDaemon daemon = start(1);
    String id = enqueue("a");
    GoRunner runner = run(daemon, id);
    server().pass(Duration.ofMinutes(4));
    ReplayWorker other = worker(1);
    other.run(id);

    assertThat(runner.call("status", "\"status\":\"completed\"").body())
        .contains("Session is owned by another worker");
    assertThat(runner.result("completed", "")).as("for good, it isn't tried again").isEqualTo(403);
    assertThat(runner.tick()).isEqualTo(Tick.LOST);
    assertThat(state(id)).isEqualTo("running");
    other.report(id, "completed");
    assertThat(daemon.poll()).as("it has a free slot and lives").isEmpty();
  }

  @Test
  void aDaemonThatWasAwayForLessThanThatKeepsItsSession() {
    GoDaemon daemon = start(1);
    GoRunner runner = run(daemon, enqueue("a"));
    server().pass(Duration.ofSeconds(170));
    assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
    runner.completes("Done");
  }

  @Test
  void aDaemonThatDrainsIsBroughtNoWorkAndEndsWhatItHas() {
    GoDaemon daemon = start(2);
    GoRunner runner = run(daemon, enqueue("a"));
    String id = enqueue("b");
    assertThat(daemon.heartbeat("draining", 1)).isTrue();
    assertThat(daemon.poll()).isEmpty();
    assertThat(daemon.heartbeat("draining", 1)).isTrue();
    send(runner.sessionId(), "directive", "Come to an end");
    assertThat(runner.tick()).isEqualTo(Tick.GOES_ON);
    assertThat(runner.conversation()).containsExactly("user: Come to an end");
    runner.completes("Done");
    assertThat(daemon.poll()).isEmpty();
    assertThat(place(id)).isEqualTo("ready");

    assertThat(daemon.heartbeat("idle", 0)).isTrue();
    assertThat(daemon.poll()).extracting(GoDaemon.Item::sessionId).containsExactly(id);
  }

  private GoDaemon start(int capacity) {
    GoDaemon daemon = new GoDaemon(server(), tag, capacity).register();
    kept(daemon);
    return daemon;
  }

  private void kept(GoDaemon daemon) {
    kept(new ReplayWorker(server().calls(REGISTRATION_TOKEN), daemon.id()));
  }

  private static GoRunner run(GoDaemon daemon, String id) {
    List<GoDaemon.Item> items = daemon.poll();
    assertThat(items).extracting(GoDaemon.Item::sessionId).containsExactly(id);
    GoRunner runner = new GoRunner(daemon, items.get(0));
    runner.activity("\"type\":\"thought\",\"content\":\"Begins\"");
    return runner;
  }

  private static String expired(GoDaemon daemon) {
    return AuthTokens.signed(AuthTokens.claims(daemon.id(), daemon.token(), -10), JWT_SECRET);
  }
}
