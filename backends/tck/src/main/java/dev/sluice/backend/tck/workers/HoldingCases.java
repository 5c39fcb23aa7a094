package dev.sluice.backend.tck.workers;

import static dev.sluice.backend.workers.HeartbeatResult.Verdict.ADOPT;
import static dev.sluice.backend.workers.HeartbeatResult.Verdict.KEEP;
import static dev.sluice.backend.workers.HeartbeatResult.Verdict.REAP;

import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.HeartbeatResult.Verdict;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class HoldingCases extends Fixture {

  private final String machine = "machine-" + UUID.randomUUID();

  private KitWorker onMachine() {
    return worker().registeredBy("k").on(machine).register();
  }

  private Event lastLine(String sessionId) {
    List<Event> timeline = timeline(sessionId);
    return timeline.get(timeline.size() - 1);
  }

  @Test
  void a_worker_keeps_its_claims() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("a");
    Session before = session("a");
    jump(MOMENT);

    assertThat(worker.list("a", "b")).isEqualTo(Map.of("a", KEEP, "b", KEEP));

    assertThat(session("a")).isEqualTo(before);
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
    assertThat(worker.record().activeCount()).isEqualTo(2);
  }

  @Test
  void a_list_accepts() {
    claim("a");

    worker.list("a");
    passBeating(ACCEPT.multipliedBy(2), worker);

    assertSession("a").isClaimedBy(worker).hasAttempts(0);
  }

  @Test
  void a_worker_that_lists_nothing_is_answered_nothing() {
    claim("a");
    assertThat(worker.list()).isEmpty();
    assertThat(worker.record().unknownHeld()).isEmpty();
  }

  @Test
  void what_it_lost_by_time_is_attached_again() {
    KitWorker worker = running("a");
    enqueue(work("b"));
    worker.claim("b");
    long token = session("a").token();
    send("a", MessageType.NUDGE, "hello");
    pass(LEASE);
    assertSession("a").isReady();

    assertThat(worker.list("a", "b")).isEqualTo(Map.of("a", ADOPT, "b", ADOPT));

    assertSession("a").isClaimedBy(worker).hasAttempts(1);
    assertThat(session("a").token()).isGreaterThan(token);
    assertThat(lastLine("a").kind()).isEqualTo(Event.Kind.REATTACHED);
    assertThat(worker.readPayloads()).containsExactly("hello");
    assertThat(worker.list("a", "b")).isEqualTo(Map.of("a", KEEP, "b", KEEP));
    assertThat(worker.complete("a").session().state().terminal()).isTrue();
  }

  @Test
  void all_else_is_to_be_ended() {
    enqueue(
        work("ended"),
        work("stopped"),
        work("nacked"),
        work("theirs"),
        work("lost"),
        work("given"));
    assertThat(worker.take(5)).hasSize(5);
    assertThat(worker.take(5)).hasSize(1);
    worker.complete("ended");
    stop("stopped");
    worker.nack("nacked");
    requeue("given");
    other.register();
    other.takeOver("theirs", worker);
    pass(LEASE);
    other.beat();
    other.claimByName("lost");
    deadLetter("dead");

    Map<String, Verdict> verdicts =
        worker.list("ended", "stopped", "nacked", "theirs", "lost", "given", "dead", "unknown");

    assertThat(verdicts.values()).hasSize(8).containsOnly(REAP);
    assertSession("lost").isClaimedBy(other);
    assertThat(worker.activeSessions()).isEmpty();
  }

  @Test
  void a_session_being_stopped_is_to_be_ended_and_no_unknown_one() {
    claim("a");
    stop("a");

    assertThat(worker.list("a")).isEqualTo(Map.of("a", REAP));

    assertSession("a").isStoppingOn(worker);
    assertThat(worker.record().unknownHeld()).isEmpty();
  }

  @Test
  void a_damaged_claim_is_kept() {
    claim("a");
    damage("a");

    assertThat(worker.list("a")).isEqualTo(Map.of("a", KEEP));
    assertThat(other.list("a")).isEqualTo(Map.of("a", REAP));
  }

  @Test
  void work_that_lost_its_last_attempt_is_not_attached() {
    for (int n = 0; n < RULES.tries().maxAttempts(); n++) {
      if (n == 0) {
        claim("a");
      } else {
        worker.claim("a");
      }
      pass(LEASE);
    }
    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);

    assertThat(worker.list("a")).isEqualTo(Map.of("a", REAP));
  }

  @Test
  void a_session_of_a_claimed_issue_is_not_attached() {
    enqueue(work("a").issue("i"));
    worker.claim("a");
    pass(LEASE);
    enqueue(work("b").issue("i").priority(1));
    other.claim("b");

    assertThat(worker.list("a")).isEqualTo(Map.of("a", REAP));
  }

  // A new registration of the machine

  @Test
  void what_a_worker_before_lost_is_attached_even_after_its_last_claim_has_moved() {
    KitWorker old = onMachine();
    enqueue(work("a"), work("b"));
    assertThat(old.take(5)).hasSize(2);
    old.start("a");
    passBeating(ACCEPT.plus(MOMENT), old);
    assertSession("b").isReady();
    onMachine().deregister();

    KitWorker later = onMachine();
    assertThat(later.list("a", "b")).isEqualTo(Map.of("a", ADOPT, "b", ADOPT));

    assertSession("b").isClaimedBy(later);
  }

  @Test
  void the_claims_of_the_worker_before_move_to_the_one_that_lists_them() {
    KitWorker old = onMachine();
    enqueue(work("a"), work("b"), work("c"));
    assertThat(old.take(5)).hasSize(3);
    old.start("a");
    send("a", MessageType.NUDGE, "hello");
    long token = session("a").token();

    KitWorker later = onMachine();
    assertThat(later.list("a", "b")).isEqualTo(Map.of("a", ADOPT, "b", ADOPT));

    assertSession("a").isRunningOn(later).hasAttempts(0);
    assertSession("b").isClaimedBy(later).hasAttempts(0);
    assertSession("c").isClaimedBy(old);
    assertThat(session("a").token()).isGreaterThan(token);
    assertThat(session("b").acceptByMs()).isZero();
    assertThat(lastLine("a").kind()).isEqualTo(Event.Kind.TRANSFERRED);
    assertThat(lastLine("a").workerId()).isEqualTo(later.id());
    assertThat(lastLine("a").detail()).isEqualTo(old.id());
    assertThat(later.activeSessions()).containsExactly("a", "b");
    assertThat(later.readPayloads()).containsExactly("hello");
    assertThat(old.activeSessions()).containsExactly("c");
    assertThat(old.list("a")).as("the old process ends it").isEqualTo(Map.of("a", REAP));
    assertThat(later.list("c")).isEqualTo(Map.of("c", ADOPT));
    assertThat(allWorkers()).as("the old one is gone with its last claim").hasSize(1);
  }

  @Test
  void what_the_worker_before_lost_moves_too() {
    KitWorker old = onMachine();
    claim(old, work("a"));
    old.start("a");
    pass(LEASE);
    assertSession("a").isReady();

    KitWorker later = onMachine();
    assertThat(later.list("a")).isEqualTo(Map.of("a", ADOPT));

    assertSession("a").isClaimedBy(later).hasAttempts(1);
    assertThat(lastLine("a").kind()).isEqualTo(Event.Kind.TRANSFERRED);
    assertThat(lastLine("a").detail()).isEqualTo(old.id());
  }

  @Test
  void a_registration_whose_answer_was_lost_is_passed_over() {
    KitWorker old = onMachine();
    enqueue(work("a"), work("b"));
    old.claim("a");
    pass(LEASE);
    for (int n = 1; n < Worker.MAX_PREDECESSORS; n++) {
      onMachine();
    }
    KitWorker later = onMachine();

    assertThat(later.list("a")).isEqualTo(Map.of("a", ADOPT));
  }

  @Test
  void registrations_in_vain_are_passed_over_up_to_a_bound() {
    KitWorker old = onMachine();
    claim(old, work("a"));
    pass(LEASE);
    for (int n = 0; n < Worker.MAX_PREDECESSORS; n++) {
      onMachine();
    }

    assertThat(onMachine().list("a")).isEqualTo(Map.of("a", REAP));
  }

  @Test
  void another_machine_and_another_key_get_nothing() {
    KitWorker old = onMachine();
    enqueue(work("a"), work("b"));
    old.claim("a");
    KitWorker elsewhere = worker().registeredBy("k").on(machine + "-2").register();
    KitWorker stranger = worker().registeredBy("k-2").on(machine).register();
    KitWorker nameless = worker().registeredBy("k").register();
    onMachine();

    for (KitWorker each : List.of(elsewhere, stranger, nameless)) {
      assertThat(each.list("a")).isEqualTo(Map.of("a", REAP));
    }
    assertSession("a").isClaimedBy(old);
  }

  @Test
  void a_worker_that_is_not_replaced_keeps_its_claims() {
    KitWorker present = onMachine();
    claim(present, work("a"));
    assertThat(worker.registeredBy("k").list("a")).isEqualTo(Map.of("a", REAP));
    assertSession("a").isClaimedBy(present);
  }

  // The other side

  @Test
  void claims_that_two_lists_leave_out_are_not_held() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    worker.start("a");
    worker.start("b");

    worker.list("a");
    assertThat(worker.record().notHeld()).isEmpty();
    worker.beat();
    worker.list("a");

    assertThat(worker.record().notHeld()).containsExactly("b");
    assertThat(allWorkers()).containsExactly(worker.record());
    assertSession("b").isRunningOn(worker);
    worker.list("b");
    assertThat(worker.record().notHeld()).isEmpty();
    worker.list("b");
    assertThat(worker.record().notHeld()).containsExactly("a");
    worker.complete("a");
    assertThat(worker.record().notHeld()).isEmpty();
  }

  @Test
  void claims_that_two_lists_leave_out_and_no_call_accepted_come_back() {
    enqueue(work("a"), work("b"));
    assertThat(worker.take(5)).hasSize(2);
    jump(MOMENT);
    worker.list("b");
    assertSession("a").isClaimedBy(worker);
    jump(MOMENT);

    worker.list("b");

    assertSession("a").isReady().hasAttempts(1);
    assertThat(lastLine("a").kind()).isEqualTo(Event.Kind.ACCEPT_MISSED);
    assertThat(lastLine("a").detail()).isEqualTo("2 heartbeats did not list it");
    assertSession("b").isClaimedBy(worker);
    assertThat(worker.record().notHeld()).isEmpty();
    assertThat(worker.list("a")).isEqualTo(Map.of("a", ADOPT));
  }

  @Test
  void a_claim_between_two_lists_stays() {
    enqueue(work("a"), work("b"));
    worker.claim("a");
    jump(MOMENT);
    worker.list();
    jump(MOMENT);
    worker.claim("b");
    jump(MOMENT);

    worker.list();

    assertSession("a").isReady();
    assertSession("b").isClaimedBy(worker);
  }

  @Test
  void listed_sessions_that_are_no_claims_are_shown() {
    claim("a");
    String[] listed = IntStream.rangeClosed(10, 40).mapToObj(n -> "x" + n).toArray(String[]::new);

    worker.list(listed);

    assertThat(worker.record().unknownHeld())
        .hasSize(Worker.MAX_UNKNOWN)
        .startsWith("x10", "x11")
        .endsWith("x29");
    worker.list("a");
    assertThat(worker.record().unknownHeld()).isEmpty();
  }
}
