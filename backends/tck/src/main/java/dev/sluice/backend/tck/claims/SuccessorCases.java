package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Event.Kind;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Successors". */
abstract class SuccessorCases extends Fixture {

  private static final String KEY = "k";

  private final String machine = "machine-" + UUID.randomUUID();
  private KitWorker old;

  @BeforeEach
  void registerTheFirst() {
    old = onMachine();
  }

  private KitWorker onMachine() {
    return onMachine(10);
  }

  private KitWorker onMachine(int capacity) {
    return worker().registeredBy(KEY).on(machine).capacity(capacity).register();
  }

  private Event lastLine(String id) {
    List<Event> lines = timeline(id);
    return lines.get(lines.size() - 1);
  }

  private ClaimedWork runs(KitWorker worker, String id) {
    ClaimedWork claimed = claim(worker, work(id));
    worker.report(id, SessionState.RUNNING, Map.of("turns", "7"), 1_500);
    return claimed;
  }

  private static boolean owns(KitWorker worker) {
    try {
      worker.touch("a");
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.NOT_OWNER);
      return false;
    }
  }

  // A claim

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void each_call_of_the_owner_takes_the_claim_over(OwnerCall call) {
    ClaimedWork claimed = runs(old, "a");
    Session before = session("a");
    KitWorker later = onMachine();
    jump(MOMENT);

    call.of(later, "a");

    Session after = session("a");
    assertSession("a").isOwnedBy(later).isAccepted().hasAttempts(0);
    assertThat(after.token()).isGreaterThan(claimed.token());
    assertThat(after.fields()).isEqualTo(before.fields());
    assertThat(after.costMicroUsd()).isEqualTo(1_500);
    assertThat(after.startedAtMs()).isEqualTo(before.startedAtMs());
    assertThat(after.claimedAtMs()).isEqualTo(clock.now());
    assertThat(after.lastSignMs()).isEqualTo(clock.now());
    assertThat(lastLine("a").kind()).isEqualTo(Kind.TRANSFERRED);
    assertThat(lastLine("a").workerId()).isEqualTo(later.id());
    assertThat(lastLine("a").detail()).isEqualTo(old.id());
    assertThat(later.activeSessions()).containsExactly("a");
    assertThat(later.record().lastSeenMs()).isEqualTo(clock.now());
    assertThat(allWorkers()).as("the old one is gone with its last claim").hasSize(1);
    assertThat(counts().claimed()).isEqualTo(1);
  }

  @Test
  void its_state_stays() {
    runs(old, "a");
    KitWorker later = onMachine();

    assertThat(later.refresh("a").stop()).isFalse();

    assertSession("a").isRunningOn(later);
  }

  @Test
  void a_claim_that_nobody_accepted_is_taken_over_too() {
    claim(old, work("a"));
    KitWorker later = onMachine();

    later.touch("a");

    passBeating(ACCEPT.plus(MOMENT), later);
    assertSession("a").isClaimedBy(later).isAccepted();
  }

  @Test
  void an_end_is_accepted_from_it() {
    runs(old, "a");
    KitWorker later = onMachine();

    assertThat(later.complete("a").transition()).isEqualTo(Transition.ADVANCE);

    assertSession("a").isCompleted().isOwnedBy(later);
    assertThat(lines("a")).endsWith(Kind.TRANSFERRED, Kind.ENDED);
    assertThat(later.activeSessions()).isEmpty();
    assertThat(allWorkers()).hasSize(1);
  }

  @Test
  void the_old_worker_owns_it_no_more_and_moves_nothing_back() {
    enqueue(work("a"), work("b"));
    assertThat(old.take(5)).hasSize(2);
    KitWorker later = onMachine();
    assertThat(old.refresh("a").stop()).as("until then it goes on").isFalse();
    later.touch("a");

    for (OwnerCall call : OwnerCall.values()) {
      refusedAsOwnedBy(later, () -> call.of(old, "a"));
    }

    assertSession("a").isClaimedBy(later);
    assertSession("b").isClaimedBy(old);
    KitWorker last = onMachine();
    last.touch("a");
    refusedAsOwnedBy(last, () -> later.touch("a"));
    later.touch("b");
    assertSession("b").isOwnedBy(old);
    last.touch("b");
    assertThat(last.activeSessions()).containsExactly("a", "b");
  }

  @Test
  void its_messages_come_along() {
    runs(old, "a");
    send("a", MessageType.DIRECTIVE, "hello");
    KitWorker later = onMachine();

    Message inject = later.refresh("a", new RefreshRequest(true, null)).inject();

    assertThat(inject).extracting(Message::payload).isEqualTo("hello");
  }

  @Test
  void a_poll_brings_them_after_that() {
    runs(old, "a");
    send("a", MessageType.NUDGE, "hello");
    KitWorker later = onMachine();
    assertThat(later.read()).isEmpty();

    later.touch("a");

    assertThat(later.readPayloads()).containsExactly("hello");
  }

  @Test
  void a_message_of_the_claim_is_acknowledged_by_the_call_that_takes_it_over() {
    runs(old, "a");
    Message message = send("a", MessageType.DIRECTIVE, "hello");
    KitWorker later = onMachine();

    assertThat(later.ack(message)).isTrue();

    assertSession("a").isRunningOn(later);
    assertThat(inbox("a")).isEmpty();
    assertThat(later.read()).isEmpty();
  }

  @Test
  void one_of_many_calls_takes_it_over_and_all_are_its_owners() {
    runs(old, "a");
    KitWorker later = onMachine();
    List<Boolean> owners = Together.all(8, n -> owns(n % 2 == 0 ? later : old));

    for (int n = 0; n < owners.size(); n += 2) {
      assertThat(owners.get(n)).as("caller %d", n).isTrue();
    }
    assertSession("a").isRunningOn(later);
    assertThat(lines("a")).filteredOn(Kind.TRANSFERRED::equals).hasSize(1);
  }

  @Test
  void beyond_capacity_projects_cap_and_pause() {
    claim(old, work("a").project("web"));
    KitWorker later = worker().registeredBy(KEY).on(machine).capacity(2).projects("app").register();
    claim(later, work("own").project("app"));
    later.beat(1, 1, null);
    cap("web", 0);
    pause("web", 0);

    later.touch("a");

    assertThat(later.activeSessions()).containsExactly("a", "own");
  }

  // What was lost

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void each_call_takes_over_what_it_has_lost(OwnerCall call) {
    ClaimedWork claimed = runs(old, "a");
    pass(LEASE);
    assertSession("a").isReady();
    KitWorker later = onMachine();

    call.of(later, "a");

    assertSession("a").isOwnedBy(later).isAccepted().hasAttempts(1);
    assertThat(session("a").token()).isGreaterThan(claimed.token());
    assertThat(session("a").fields()).isEqualTo(Map.of("turns", "7"));
    assertThat(lastLine("a").kind()).isEqualTo(Kind.TRANSFERRED);
    assertThat(lastLine("a").detail()).isEqualTo(old.id());
  }

  @Test
  void not_what_another_worker_has_claimed_meanwhile() {
    runs(old, "a");
    passBeating(LEASE, other);
    other.claim("a");
    KitWorker later = onMachine();

    for (OwnerCall call : OwnerCall.values()) {
      refusedAsOwnedBy(other, () -> call.of(later, "a"));
    }
  }

  @Test
  void not_while_another_session_of_its_issue_is_claimed() {
    claim(old, work("a").issue("i"));
    passBeating(LEASE, other);
    claim(other, work("better").issue("i").priority(1));
    KitWorker later = onMachine();

    refusedAsOwnedBy(null, () -> later.touch("a"));
    other.complete("better");
    later.touch("a");
    assertSession("a").isClaimedBy(later);
  }

  @Test
  void not_what_was_requeued_by_hand() {
    runs(old, "a");
    requeue("a");
    KitWorker later = onMachine();

    refusedAsOwnedBy(null, () -> later.touch("a"));
  }

  // Who is a successor

  @Test
  void over_a_chain_of_registrations() {
    runs(old, "a");
    for (int n = 1; n < Worker.MAX_PREDECESSORS + 2; n++) {
      onMachine();
    }
    KitWorker later = onMachine();

    later.touch("a");

    assertSession("a").isRunningOn(later);
  }

  @Test
  void of_two_that_register_at_once_the_latest_takes_it_over() {
    runs(old, "a");
    List<KitWorker> both = Together.all(2, n -> onMachine());
    boolean firstIsLatest =
        allWorkers().stream()
            .anyMatch(each -> each.registration().workerId().equals(both.get(0).id()));
    KitWorker latest = both.get(firstIsLatest ? 0 : 1);
    KitWorker middle = both.get(firstIsLatest ? 1 : 0);
    assertThat(latest.record().inherited()).isEqualTo(1);

    List<Boolean> owners = Together.all(4, n -> owns(n % 2 == 0 ? latest : middle));

    assertThat(List.of(owners.get(0), owners.get(2))).containsOnly(true);
    assertSession("a").isRunningOn(latest);
    assertThat(lines("a")).filteredOn(Kind.TRANSFERRED::equals).hasSize(1);
    refusedAsOwnedBy(latest, () -> middle.touch("a"));
    refusedAsOwnedBy(latest, () -> old.touch("a"));
    assertThat(latest.record().inherited()).isZero();
    assertThat(allWorkers()).hasSize(1);
  }

  @Test
  void an_old_id_that_registers_again_succeeds_its_own_successor() {
    runs(old, "a");
    KitWorker later = onMachine();
    later.touch("a");
    runs(later, "b");
    KitWorker again = worker().named(old.id()).registeredBy(KEY).on(machine).register();
    assertThat(again.record().inherited()).isEqualTo(2);

    again.touch("a");

    refusedAsOwnedBy(again, () -> later.touch("a"));
    assertSession("b").isOwnedBy(later);
    again.touch("b");
    KitWorker last = worker().named(later.id()).registeredBy(KEY).on(machine).register();
    assertThat(last.record().inherited()).isEqualTo(2);
    last.touch("a");
    assertThat(last.record().inherited()).isEqualTo(1);
    refusedAsOwnedBy(last, () -> again.touch("a"));
    last.touch("b");
    assertThat(last.activeSessions()).containsExactly("a", "b");
    assertThat(allWorkers()).hasSize(1);
  }

  @Test
  void an_old_id_that_registers_again_with_claims_stays_replaced() {
    runs(old, "a");
    KitWorker later = onMachine();

    old.register();

    assertThat(old.record().retired()).isTrue();
    assertThat(later.record().retired()).isFalse();
    later.touch("a");
    refusedAsOwnedBy(later, () -> old.touch("a"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void one_that_was_replaced_itself_counts_as_the_owner(OwnerCall call) {
    runs(old, "a");
    KitWorker middle = onMachine();
    KitWorker later = onMachine();
    jump(MOMENT);

    call.of(middle, "a");

    assertSession("a").isOwnedBy(old).isAccepted();
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(old.record().lastSeenMs()).isEqualTo(clock.now());
    later.touch("a");
    assertSession("a").isOwnedBy(later);
    refusedAsOwnedBy(later, () -> call.of(middle, "a"));
  }

  @Test
  void one_that_was_replaced_itself_and_has_claims_counts_as_the_owner_too() {
    runs(old, "a");
    KitWorker middle = onMachine();
    runs(middle, "b");
    onMachine();

    middle.complete("a");

    assertSession("a").isCompleted().isOwnedBy(old);
    assertThat(middle.activeSessions()).containsExactly("b");
    refusedAsOwnedBy(middle, () -> old.touch("b"));
  }

  @Test
  void one_that_was_replaced_itself_is_told_of_a_stop() {
    runs(old, "a");
    KitWorker middle = onMachine();
    onMachine();
    stop("a");

    assertThat(middle.refresh("a").stop()).isTrue();
  }

  @Test
  void one_that_was_replaced_itself_nacks_nothing() {
    claim(old, work("a"));
    KitWorker middle = onMachine();
    onMachine();

    refusedAsOwnedBy(old, () -> middle.nack("a"));

    assertSession("a").isClaimedBy(old);
  }

  @Test
  void the_first_one_doesn_t_count_as_a_later_owner() {
    runs(old, "a");
    runs(old, "b");
    KitWorker middle = onMachine();
    middle.touch("a");
    onMachine();

    refusedAsOwnedBy(middle, () -> old.touch("a"));

    assertThat(owns(middle)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void another_machine_another_key_and_no_machine_get_nothing(OwnerCall call) {
    runs(old, "a");
    KitWorker elsewhere = worker().registeredBy(KEY).on(machine + "-2").register();
    KitWorker stranger = worker().registeredBy("k-2").on(machine).register();
    KitWorker nameless = worker().registeredBy(KEY).register();
    onMachine();

    for (KitWorker each : List.of(elsewhere, stranger, nameless)) {
      refusedAsOwnedBy(old, () -> call.of(each, "a"));
    }
    assertSession("a").isRunningOn(old);
  }

  @Test
  void two_workers_without_a_machine_have_nothing_in_common() {
    KitWorker first = worker().registeredBy(KEY).register();
    runs(first, "a");
    KitWorker second = worker().registeredBy(KEY).register();

    refusedAsOwnedBy(first, () -> second.touch("a"));
  }

  @Test
  void one_whose_worker_has_not_been_replaced_gets_nothing() {
    runs(old, "a");

    KitWorker another = worker().registeredBy(KEY).on(machine + "-2").register();

    refusedAsOwnedBy(old, () -> another.touch("a"));
  }

  @Test
  void a_caller_bound_to_another_key_gets_nothing() {
    runs(old, "a");
    KitWorker later = onMachine();

    refusedAsOwnedBy(old, () -> later.by("k-2").touch("a"));
    later.by(KEY).touch("a");
    assertSession("a").isRunningOn(later);
  }

  @Test
  void with_a_token_it_must_be_that_of_the_claim() {
    ClaimedWork claimed = runs(old, "a");
    KitWorker later = onMachine();

    refusedAsOwnedBy(old, () -> later.withToken(claimed.token() + 1).touch("a"));
    later.withToken(claimed.token()).touch("a");

    assertSession("a").isRunningOn(later);
    refusedAsOwnedBy(later, () -> later.withToken(claimed.token()).touch("a"));
  }

  @Test
  void a_stopped_session_is_not_taken_over() {
    runs(old, "a");
    stop("a");
    KitWorker later = onMachine();

    for (OwnerCall call : OwnerCall.values()) {
      refusedAsOwnedBy(old, () -> call.of(later, "a"));
    }
    assertThat(old.refresh("a").stop()).isTrue();
  }

  @Test
  void a_nack_takes_nothing_over() {
    claim(old, work("a"));
    KitWorker later = onMachine();

    refusedAsOwnedBy(old, () -> later.nack("a"));

    assertSession("a").isClaimedBy(old);
    pass(LEASE);
    refusedAsOwnedBy(null, () -> later.nack("a"));
  }

  // Slots

  @Test
  void claims_of_the_old_worker_take_slots_of_the_new_one() {
    enqueue(works("a-", 12));
    old.take(5);
    old.take(1);
    KitWorker later = onMachine();
    assertThat(later.record().inherited()).isEqualTo(6);
    assertThat(later.record().freeSlots()).isEqualTo(4);

    PollResult polled = later.poll(5);

    assertThat(polled.work()).hasSize(4);
    assertThat(polled.freeSlots()).isZero();
    assertThat(later.take(5)).isEmpty();
    assertThat(later.record().freeSlots()).isZero();
    assertThat(old.record().inherited()).as("it takes nothing itself").isZero();
  }

  @Test
  void a_claim_that_moves_takes_the_same_slot() {
    enqueue(works("a-", 12));
    List<String> running = old.take(5);
    KitWorker later = onMachine(6);

    for (int moved = 0; moved < running.size(); moved++) {
      assertThat(later.record().inherited()).isEqualTo(running.size() - moved);
      assertThat(later.poll(0).freeSlots()).isEqualTo(1);
      later.touch(running.get(moved));
    }

    assertThat(later.record().inherited()).isZero();
    assertThat(later.take(5)).hasSize(1);
  }

  @Test
  void a_claim_that_an_old_worker_has_no_more_frees_its_slot() {
    enqueue(works("a-", 6));
    other.register();
    old.take(4);
    KitWorker later = onMachine(4);
    assertThat(later.record().freeSlots()).isZero();

    old.complete("a-001");
    assertThat(later.record().freeSlots()).as("ended").isEqualTo(1);
    other.takeOver("a-002", old);
    assertThat(later.record().freeSlots()).as("moved elsewhere").isEqualTo(2);
    requeue("a-003");
    assertThat(later.record().freeSlots()).as("requeued").isEqualTo(3);
    old.nack("a-004");
    assertThat(later.record().freeSlots()).as("nacked").isEqualTo(4);
    assertThat(later.take(5)).as("all but the one that was moved").hasSize(4);
  }

  @Test
  void a_claim_that_is_lost_by_time_frees_its_slot() {
    enqueue(works("a-", 4));
    old.take(2);
    old.start("a-002");
    KitWorker later = onMachine(2);

    passBeating(ACCEPT, old, later);
    assertThat(later.poll(0).freeSlots()).as("not accepted").isEqualTo(1);
    passBeating(LEASE, later);
    assertThat(later.poll(0).freeSlots()).as("its worker is silent, and gone").isEqualTo(2);
    assertThat(allWorkers()).hasSize(1);
    assertThat(later.take(1)).hasSize(1);
    assertThat(later.take(1)).hasSize(1);
    assertThat(later.take(1)).isEmpty();
  }

  @Test
  void a_stopped_session_takes_its_slot_until_it_is_released() {
    runs(old, "a");
    passBeating(LEASE, old);
    stop("a");
    KitWorker later = onMachine(1);
    enqueue(work("b"));
    assertThat(later.take(1)).isEmpty();

    pass(GRACE);

    assertThat(later.take(1)).containsExactly("b");
  }

  @Test
  void an_old_worker_that_deregisters_leaves_its_slots() {
    enqueue(works("a-", 3));
    old.take(2);
    KitWorker later = onMachine(2);
    assertThat(later.take(5)).isEmpty();

    assertThat(old.deregister()).hasSize(2);

    assertThat(later.take(5)).hasSize(2);
  }

  @Test
  void claims_of_all_workers_in_a_chain_take_slots() {
    enqueue(works("a-", 12));
    old.take(2);
    KitWorker second = onMachine();
    second.take(3);
    KitWorker third = onMachine();

    assertThat(third.record().inherited()).isEqualTo(5);
    assertThat(second.record().inherited()).as("it is retired itself").isZero();
    assertThat(third.take(5)).hasSize(5);
    assertThat(third.take(5)).isEmpty();
    third.touch("a-001");
    third.touch("a-003");
    assertThat(third.record().freeSlots()).isZero();
    old.complete("a-002");
    assertThat(third.record().freeSlots()).isEqualTo(1);
  }

  @Test
  void a_worker_without_claims_in_a_chain_hides_none_before_it() {
    enqueue(works("a-", 6));
    old.take(2);
    for (int n = 1; n < Worker.MAX_PREDECESSORS; n++) {
      onMachine();
    }
    KitWorker later = onMachine(3);

    assertThat(later.record().inherited()).isEqualTo(2);
    assertThat(later.take(5)).hasSize(1);
    assertThat(onMachine(3).record().inherited()).as("no predecessor any more").isEqualTo(1);
  }

  @Test
  void with_fewer_slots_than_claims_it_takes_nothing_until_they_are_fewer() {
    enqueue(works("a-", 6));
    old.take(3);
    KitWorker later = onMachine(2);

    assertThat(later.record().freeSlots()).isEqualTo(-1);
    assertThat(later.poll(5).freeSlots()).isZero();
    later.complete("a-001");
    assertThat(later.take(5)).isEmpty();
    old.complete("a-002");
    assertThat(later.take(5)).hasSize(1);
  }

  @Test
  void its_own_quarantined_sessions_count_too() {
    enqueue(works("a-", 6));
    old.take(3);
    old.quarantine(2);
    KitWorker later = onMachine(5);
    assertThat(later.record().freeSlots()).as("those of the old one don't").isEqualTo(2);

    later.quarantine(1);

    assertThat(later.record().freeSlots()).isEqualTo(1);
    assertThat(later.take(5)).hasSize(1);
    later.quarantine(5);
    assertThat(later.record().freeSlots()).isEqualTo(-4);
  }

  @Test
  void claims_by_name_count_slots_too() {
    enqueue(works("a-", 3));
    old.take(1);
    KitWorker later = onMachine(2);

    assertThat(later.claimByName("a-002").denial()).isNull();
    assertThat(later.claimByName("a-003").denial()).isEqualTo(ClaimDenial.FULL);
    later.touch("a-001");
    assertThat(later.claimByName("a-003").denial()).isEqualTo(ClaimDenial.FULL);
    later.complete("a-001");
    assertThat(later.claimByName("a-003").denial()).isNull();
  }

  @Test
  void other_workers_of_the_machine_and_key_count_for_nobody_else() {
    runs(old, "a");
    KitWorker elsewhere = worker().registeredBy(KEY).on(machine + "-2").register();
    KitWorker stranger = worker().registeredBy("k-2").on(machine).register();
    KitWorker nameless = worker().registeredBy(KEY).register();
    runs(nameless, "b");
    KitWorker another = worker().registeredBy(KEY).register();
    KitWorker later = onMachine();

    for (KitWorker each : List.of(elsewhere, stranger, nameless, another)) {
      assertThat(each.record().inherited()).isZero();
    }
    assertThat(later.record().inherited()).isEqualTo(1);
  }

  @Test
  void a_worker_of_another_machine_that_takes_the_id_of_an_old_one_counts_no_more() {
    runs(old, "a");
    KitWorker later = onMachine(2);
    old.deregister();
    KitWorker again = worker().named(old.id()).registeredBy(KEY).on(machine + "-2").register();
    again.claim("a");
    assertThat(later.record().inherited()).isZero();

    worker().registeredBy(KEY).on(machine + "-2").register();

    assertThat(again.record().retired()).isTrue();
    assertThat(later.record().inherited()).isZero();
    assertThat(later.poll(0).freeSlots()).isEqualTo(2);
  }

  @Test
  void why_work_waits_tells_that_it_is_full() {
    runs(old, "a");
    onMachine(1);
    enqueue(work("b"));

    assertThat(WhyItWaits.reasons(standing("b"), allWorkers(), clock.now()))
        .extracting(WaitReason::kind)
        .containsExactlyInAnyOrder(WaitReason.Kind.WORKERS_DRAINING, WaitReason.Kind.WORKERS_FULL);
  }

  // After the end

  @Test
  void the_end_that_the_old_worker_reported_may_be_reported_again() {
    runs(old, "a");
    old.report("a", SessionState.COMPLETED, Map.of("summary", "done"));
    KitWorker later = onMachine();
    Session before = session("a");
    jump(MOMENT);

    assertThat(later.complete("a").transition()).isEqualTo(Transition.REPEAT);
    assertThat(later.refresh("a").stop()).isTrue();
    assertThat(later.fail("a").transition()).isEqualTo(Transition.CONFLICT);

    assertUnchanged(session("a"), before);
    assertThat(lastLine("a").kind()).isEqualTo(Kind.LATE_RESULT);
    assertThat(later.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @Test
  void a_worker_elsewhere_reports_nothing_again() {
    runs(old, "a");
    old.complete("a");
    onMachine();
    other.register();
    Session before = session("a");

    refused(Refusal.NOT_OWNER, () -> other.touch("a"));

    assertThat(session("a")).isEqualTo(before);
  }

  // A call that names the worker of before

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_call_may_name_a_worker_that_it_has_replaced(OwnerCall call) {
    runs(old, "a");
    KitWorker later = onMachine();

    call.of(later.naming(old), "a");
    assertSession("a").isOwnedBy(later);
    call.of(later.naming(old), "a");

    assertSession("a").isOwnedBy(later);
    assertThat(lines("a")).filteredOn(Kind.TRANSFERRED::equals).hasSize(1);
  }

  @Test
  void its_report_of_the_end_may_come_again_in_the_name_of_the_old_one() {
    runs(old, "a");
    old.complete("a");
    KitWorker later = onMachine();

    assertThat(later.naming(old).complete("a").transition()).isEqualTo(Transition.REPEAT);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_call_may_name_no_other_worker(OwnerCall call) {
    KitWorker stranger = worker().registeredBy(KEY).register();
    claim(stranger, work("b"));
    runs(old, "a");
    KitWorker later = onMachine();
    runs(later, "own");

    for (String id : List.of("a", "b", "own")) {
      refused(Refusal.NOT_REPLACED, () -> call.of(later.naming(stranger), id));
    }
    refused(Refusal.NOT_REPLACED, () -> call.of(old.naming(later), "own"));
    assertSession("own").isRunningOn(later);
  }

  @Test
  void its_id_alone_makes_a_new_worker_no_worker_of_before() {
    KitWorker later = onMachine();
    worker().named(old.id()).registeredBy(KEY).register();
    KitWorker again = worker().named(old.id()).registeredBy(KEY);
    runs(again, "a");

    refused(Refusal.NOT_OWNER, () -> later.touch("a"));
    pass(LEASE.plus(Duration.ofMillis(1)));
    refused(Refusal.NOT_OWNER, () -> later.touch("a"));
  }
}
