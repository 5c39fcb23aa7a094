package dev.sluice.service.metrics;

import static dev.sluice.service.metrics.MeteredFleet.ORG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.service.metrics.calls.MeteredBackend;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredBackendTest {

  private final MeteredFleet fleet = new MeteredFleet();
  private final long start = fleet.clock.now();

  @Test
  void handOutsAreCountedByProjectWithTheirWait() {
    fleet.register("w", 9, false);
    fleet.enqueue("a", "web", start - 10_000);
    fleet.enqueue("b", "web", start - 400_000);
    fleet.enqueue("c", "app", start + 5_000);
    for (int i = 0; i < 4; i++) {
      fleet.poll("w");
    }

    Exposition page = fleet.scrape();
    assertThat(page.type("sluice_handouts_total")).isEqualTo("counter");
    assertThat(page.value("sluice_handouts_total", "org", ORG, "project", "web")).isEqualTo(2);
    assertThat(page.value("sluice_handouts_total", "org", ORG, "project", "app")).isEqualTo(1);
    assertThat(page.type("sluice_wait_seconds")).isEqualTo("histogram");
    assertThat(page.value("sluice_wait_seconds_sum")).isEqualTo(410);
    assertThat(page.value("sluice_wait_seconds_count")).isEqualTo(3);
    assertThat(page.value("sluice_wait_seconds_bucket", "le", "300.0")).isEqualTo(2);
  }

  @Test
  void theFirstReportThatItRunsEndsTheWaitForAcceptance() {
    fleet.register("w", 2, false);
    fleet.enqueue("a", "web", start);
    fleet.poll("w");
    fleet.clock.jump(Duration.ofSeconds(3));
    fleet.report("a", "w", SessionState.RUNNING);
    fleet.clock.jump(Duration.ofSeconds(9));
    fleet.report("a", "w", SessionState.RUNNING);
    fleet.report("a", "w", SessionState.FINALIZING);
    fleet.report("a", "w", SessionState.COMPLETED);

    Exposition page = fleet.scrape();
    assertThat(page.value("sluice_accept_seconds_count")).isEqualTo(1);
    assertThat(page.value("sluice_accept_seconds_sum")).isEqualTo(3);
  }

  @Test
  void whatWentThroughIsCountedByOrg() {
    fleet.register("w", 9, false);
    fleet.enqueue("a", "web", start - 10_000);
    fleet.enqueue("a", "web", start - 10_000);
    fleet.enqueue("b", "app", start);
    fleet.enqueue("c", "app", start);
    fleet.poll("w");
    fleet.poll("w");
    fleet.report("a", "w", SessionState.RUNNING);
    fleet.report("a", "w", SessionState.COMPLETED);
    fleet.report("a", "w", SessionState.COMPLETED);
    fleet.report("b", "w", SessionState.FAILED);

    NodeTotals.Totals totals = fleet.meters.rates().totals(ORG);
    assertThat(totals.enqueued()).as("repeats are nothing new").isEqualTo(3);
    assertThat(totals.claimed()).isEqualTo(2);
    assertThat(totals.completed()).isEqualTo(1);
    assertThat(totals.waits().count()).isEqualTo(2);
    assertThat(totals.waits().percentile(1)).isBetween(9_000.0, 11_000.0);
    assertThat(fleet.meters.rates().totals("other")).isEqualTo(NodeTotals.Totals.NONE);
  }

  @Test
  void soManyOrgsAreCountedAndNoMore() {
    Throughput throughput = new Throughput();
    for (int i = 0; i <= Throughput.MOST_ORGS; i++) {
      throughput.enqueued("org-" + i, 1);
      throughput.handedOut("org-" + i, -5);
      throughput.completed("org-" + i);
    }

    assertThat(throughput.totals("org-0").enqueued()).isEqualTo(1);
    assertThat(throughput.totals("org-0").waits().percentile(1)).isZero();
    assertThat(throughput.totals("org-" + Throughput.MOST_ORGS)).isEqualTo(NodeTotals.Totals.NONE);
  }

  @Test
  void requeuesAreCountedByReason() {
    fleet.register("w", 9, false);
    fleet.register("silent", 9, false);
    for (int i = 1; i <= 5; i++) {
      fleet.enqueue("s-" + i, "web", start + i);
    }
    fleet.poll("silent");
    fleet.poll("w");
    fleet.nack("s-2", "w");
    fleet.nack("s-2", "w");
    fleet.poll("w");
    fleet.requeue("s-3");
    fleet.poll("w");
    fleet.poll("w");
    fleet.deregister("w");
    fleet.pass(Duration.ofMillis(Rules.DEFAULTS.leaseMs() + 1));

    Exposition page = fleet.scrape();
    assertThat(requeues(page, "nack")).isEqualTo(1);
    assertThat(requeues(page, "by_hand")).isEqualTo(1);
    assertThat(requeues(page, "deregistered")).isEqualTo(2);
    assertThat(requeues(page, "lease")).isEqualTo(1);
    assertThat(requeues(page, "accept")).isZero();
    assertThat(page.value("sluice_swept_total", "result", "lease")).isEqualTo(1);
    assertThat(page.value("sluice_swept_total", "result", "due")).isEqualTo(1);
  }

  @Test
  void missedAcceptsAreCountedApart() {
    fleet.register("w", 9, false);
    fleet.enqueue("a", "web", start);
    fleet.poll("w");
    for (long ms = 0; ms <= Rules.DEFAULTS.acceptMs(); ms += 60_000) {
      fleet.pass(Duration.ofMillis(60_000));
      fleet.register("w", 9, false); // a sign of life that accepts nothing
    }

    assertThat(requeues(fleet.scrape(), "accept")).isEqualTo(1);
    assertThat(requeues(fleet.scrape(), "lease")).isZero();
  }

  @Test
  void messagesAreCountedByLaneWithTheirLag() {
    fleet.enqueue("a", "web", start);
    Message message = fleet.send("a");
    fleet.send("a");
    fleet.clock.jump(Duration.ofSeconds(7));
    for (int i = 0; i < 2; i++) {
      fleet.ack("a", message.id(), Lane.NORMAL);
    }
    fleet.ack("a", "nonsense", Lane.URGENT);

    Exposition page = fleet.scrape();
    assertThat(page.value("sluice_messages_sent_total", "lane", "normal")).isEqualTo(2);
    assertThat(page.value("sluice_messages_acknowledged_total", "lane", "normal")).isEqualTo(1);
    assertThat(page.value("sluice_messages_acknowledged_total", "lane", "urgent")).isZero();
    assertThat(page.value("sluice_message_lag_seconds_sum", "lane", "normal")).isEqualTo(7);
  }

  @Test
  void failedRunsAreCountedByTheirCause() {
    fleet.register("w", 9, false);
    for (String session : List.of("a", "b", "c", "d")) {
      fleet.enqueue(session, "web", start);
      fleet.poll("w");
    }

    fleet.report("a", "w", SessionState.FAILED, "spawn-failed");
    fleet.report("a", "w", SessionState.FAILED, "spawn-failed");
    fleet.report("b", "w", SessionState.FAILED, "timeout");
    fleet.report("c", "w", SessionState.FAILED, "a cause of tomorrow");
    fleet.report("d", "w", SessionState.FAILED);

    Exposition page = fleet.scrape();
    for (String cause : List.of("spawn-failed", "timeout", "other", "untold")) {
      assertThat(page.value("sluice_failed_runs_total", "cause", cause)).as(cause).isEqualTo(1);
    }
    assertThat(page.value("sluice_failed_runs_total", "cause", "agent-blocked")).isZero();
  }

  @Test
  void refusalsAreCountedByKindAndPassedOn() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> fleet.poll("nobody"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isEqualTo(Refusal.UNKNOWN_WORKER));
    }
    fleet.enqueue("a", "web", start);

    Exposition page = fleet.scrape();
    assertThat(page.value("sluice_refusals_total", "kind", "unknown_worker")).isEqualTo(2);
    assertThat(page.value("sluice_store_operation_seconds_count", "operation", "workers.poll"))
        .isEqualTo(2);
    assertThat(page.value("sluice_store_operation_seconds_count", "operation", "work.enqueue"))
        .isEqualTo(1);
    assertThat(page.value("sluice_store_operation_seconds_count", "operation", "sessions.nack"))
        .as("of what was never called there is no series")
        .isEqualTo(-1);
  }

  @Test
  void parkedPollsAreShownOnceSomebodyCountsThem() {
    assertThat(fleet.scrape().value("sluice_parked_polls")).isEqualTo(-1);

    fleet.meters.showParkedPolls(() -> 7);

    assertThat(fleet.scrape().value("sluice_parked_polls")).isEqualTo(7);
  }

  @Test
  void aStoreThatDoesNotAnswerIsCountedAndPassedOn() {
    Meters meters = new Meters();
    long[] nanos = {0};
    QueueBackend away =
        (QueueBackend)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {QueueBackend.class},
                (proxy, method, arguments) -> subjectThatIsAway(method.getReturnType(), nanos));
    HandOuts handOuts = new HandOuts(meters.handOuts, () -> nanos[0]);
    QueueBackend metered =
        MeteredBackend.of(
            away,
            new StoreTimes(meters, () -> nanos[0]),
            new Outcomes(meters, handOuts, Clock.systemUTC()));

    assertThatThrownBy(() -> metered.work().counts(ORG))
        .isInstanceOf(BackendUnavailableException.class);

    Exposition page = Exposition.of(meters.registry());
    assertThat(page.value("sluice_store_failures_total", "operation", "work.counts")).isEqualTo(1);
    assertThat(page.value("sluice_store_operation_seconds_sum", "operation", "work.counts"))
        .isEqualTo(0.5);
  }

  private static Object subjectThatIsAway(Class<?> subject, long[] nanos) {
    return Proxy.newProxyInstance(
        MeteredBackendTest.class.getClassLoader(),
        new Class<?>[] {subject},
        (proxy, method, arguments) -> {
          nanos[0] += 500_000_000;
          throw new BackendUnavailableException("away", true, new IllegalStateException());
        });
  }

  private static double requeues(Exposition page, String reason) {
    return page.value("sluice_requeues_total", "reason", reason);
  }
}
