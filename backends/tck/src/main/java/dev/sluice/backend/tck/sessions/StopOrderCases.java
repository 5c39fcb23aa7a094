package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Stop many". */
abstract class StopOrderCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().endedMs());

  @Test
  void an_order_is_found_as_it_was_given() {
    List<StopTarget> targets =
        List.of(new StopTarget("b \u00e9", 7), new StopTarget("a", 1L << 50));
    AuditNote note = new AuditNote("key-1 \ud83d\udd11", "it \"costs\"\n too much \u00e9");
    jump(MOMENT);

    StopOrder stored = stopOrders().add(org, new NewStopOrder("run-1", "web", targets), note);

    assertThat(stored)
        .isEqualTo(
            new StopOrder("run-1", "web", note.actor(), note.reason(), clock.now(), targets));
    jump(MOMENT);
    assertThat(stopOrders().find(org, "run-1")).isEqualTo(stored);
  }

  @Test
  void one_of_all_projects_and_of_no_session_is_one_too() {
    StopOrder stored = order("run-1", new AuditNote("ann", ""));

    assertThat(stored).isEqualTo(new StopOrder("run-1", null, "ann", "", clock.now(), List.of()));
    assertThat(stopOrders().find(org, "run-1")).isEqualTo(stored);
  }

  @Test
  void it_leaves_one_audit_line_in_its_own_step() {
    List<StopTarget> targets = List.of(new StopTarget("a", 1), new StopTarget("b", 2));
    long before = seq();

    long seq =
        numberOf(() -> stopOrders().add(org, new NewStopOrder("run-1", "100%s", targets), BY));
    order("run-2", BY);

    assertThat(seq).isEqualTo(before + 1);
    assertThat(auditLines())
        .containsExactly(
            new AuditLine(
                seq + 1,
                clock.now(),
                BY.actor(),
                "stop-many",
                "run-2",
                BY.reason(),
                "0 sessions, all projects"),
            new AuditLine(
                seq,
                clock.now(),
                BY.actor(),
                "stop-many",
                "run-1",
                BY.reason(),
                "2 sessions, project 100%s"));
  }

  @Test
  void it_stops_nothing_by_itself() {
    long token = claim("a").token();

    stopOrders().add(org, new NewStopOrder("run-1", null, List.of(new StopTarget("a", token))), BY);

    assertSession("a").isClaimedBy(worker);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void an_id_that_is_taken_is_refused_and_changes_nothing() {
    StopOrder first = order("run-1", BY);
    jump(MOMENT);

    refused(
        Refusal.CONFLICT,
        () -> stopOrders().add(org, new NewStopOrder("run-1", "web", List.of()), BY));

    assertThat(stopOrders().find(org, "run-1")).isEqualTo(first);
  }

  @Test
  void of_many_at_once_under_one_id_one_is_stored() {
    AtomicInteger refused = new AtomicInteger();

    Together.all(
        8,
        caller -> {
          try {
            return order("run-1", BY);
          } catch (RefusedException e) {
            return refused.incrementAndGet();
          }
        });

    assertThat(refused).hasValue(7);
    assertThat(auditLines()).hasSize(1);
  }

  @Test
  void an_unknown_one_is_refused_and_so_is_that_of_another_org() {
    order("run-1", BY);
    String neighbour = newOrg();

    refused(Refusal.UNKNOWN_STOP, () -> stopOrders().find(org, "run-2"));
    refusal(Refusal.UNKNOWN_STOP, () -> stopOrders().find(neighbour, "run-1"));
    stopOrders().add(neighbour, new NewStopOrder("run-1", "app", List.of()), BY);
    assertThat(stopOrders().find(org, "run-1").project()).isNull();
  }

  @Test
  void ten_thousand_sessions_are_the_most() {
    List<StopTarget> most =
        IntStream.range(0, StopOrders.MAX_TARGETS)
            .mapToObj(n -> new StopTarget("session-" + n, n))
            .toList();

    stopOrders().add(org, new NewStopOrder("run-1", null, most), BY);

    assertThat(stopOrders().find(org, "run-1").targets()).isEqualTo(most);
    List<StopTarget> beyond = new ArrayList<>(most);
    beyond.add(new StopTarget("one-more", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new NewStopOrder("run-2", null, beyond));
  }

  // How long

  @Test
  void it_is_kept_for_its_time() {
    order("run-1", BY);
    jump(MOMENT);
    order("run-2", BY);
    jump(KEPT.minus(MOMENT).minus(MOMENT));
    assertThat(sweepStep().pruned()).isZero();

    jump(MOMENT);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));

    refused(Refusal.UNKNOWN_STOP, () -> stopOrders().find(org, "run-1"));
    assertThat(stopOrders().find(org, "run-2").id()).isEqualTo("run-2");
  }

  @Test
  void a_hundred_are_kept_and_the_oldest_go_in_steps() {
    openWith(rules().dueStep(2));
    for (int n = 0; n < StopOrders.MAX_KEPT + 3; n++) {
      order("run-" + n, BY);
      jump(MOMENT);
    }
    long before = seq();

    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 2, true));
    assertThat(seq()).as("to forget some is a change").isEqualTo(before + 1);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));
    assertThat(sweepStep()).isEqualTo(SweepResult.NOTHING);
    refused(Refusal.UNKNOWN_STOP, () -> stopOrders().find(org, "run-2"));
    assertThat(stopOrders().find(org, "run-3").id()).isEqualTo("run-3");
  }

  @Test
  void nothing_is_left_of_them_in_the_end() {
    order("run-1", BY);
    sweepAfter(KEPT.minus(MOMENT));
    assertThat(leftovers()).as("of an order that is kept").isNotEmpty();

    sweepAfter(Duration.ofMillis(RULES.kept().auditMs()));

    assertNothingLeft();
  }

  private StopOrder order(String id, AuditNote note) {
    return stopOrders().add(org, new NewStopOrder(id, null, List.of()), note);
  }
}
