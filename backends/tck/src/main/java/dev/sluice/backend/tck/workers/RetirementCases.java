package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class RetirementCases extends Fixture {

  private final String machine = "machine-" + UUID.randomUUID();

  enum Way {
    END,
    NACK,
    NACK_TO_DEATH,
    TRANSFER,
    LOST_LEASE,
    MISSED_ACCEPT,
    REQUEUE,
    RELEASED_BY_REPORT,
    RELEASED_BY_REFRESH,
    RELEASED_BY_ACK,
    RELEASED_BY_TIME,
    DEREGISTRATION,
  }

  @Test
  void a_worker_without_claims_is_deleted_when_a_later_one_of_its_machine_registers() {
    KitWorker old = worker().on(machine).register();
    long before = seq();

    KitWorker later = worker().on(machine).register();

    assertThat(seq()).as("one change").isEqualTo(before + 1);
    refused(Refusal.UNKNOWN_WORKER, old::record);
    refused(Refusal.UNKNOWN_WORKER, old::beat);
    refused(Refusal.UNKNOWN_WORKER, () -> old.take(1));
    assertThat(allWorkers()).containsExactly(later.record());
    assertThat(later.record().retired()).isFalse();
    assertThat(later.record().registration().machineId()).isEqualTo(machine);
  }

  @Test
  void one_that_holds_claims_is_retired_and_keeps_them() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    old.start("a");
    Worker before = old.record();

    worker().on(machine).register();

    Worker after = old.record();
    assertThat(before.retired()).isFalse();
    assertThat(after.retired()).isTrue();
    assertThat(after.lastSeenMs()).isEqualTo(before.lastSeenMs());
    assertThat(after.activeSessions()).containsExactly("a");
    assertSession("a").isRunningOn(old).hasAttempts(0);
  }

  @Test
  void a_retired_worker_gets_messages_only() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    KitWorker later = worker().on(machine).register();
    enqueue(work("b"));
    Message message = send("a", MessageType.NUDGE, "hello");

    var polled = old.poll(5);

    assertThat(polled.work()).isEmpty();
    assertThat(polled.messages()).containsExactly(message);
    assertThat(old.claimByName("b").denial()).isEqualTo(ClaimDenial.UNAVAILABLE);
    assertThat(later.take(5)).containsExactly("b");
  }

  @Test
  void nothing_that_is_said_of_it_brings_it_back() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    worker().on(machine).register();
    enqueue(work("b"));

    old.beat(0, 50, false);
    old.drain();
    old.undrain();
    workers().register(org, old.registration());

    assertThat(old.record().retired()).isTrue();
    assertThat(old.take(5)).isEmpty();
  }

  @Test
  void its_calls_still_count() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    claim(old, work("b"));
    worker().on(machine).register();
    old.start("a");
    old.touch("b");

    passBeating(LEASE.multipliedBy(2), old);
    assertThat(old.tell("a", "thought", "hm").id()).isEqualTo(1);
    assertThat(old.refresh("b").stop()).isFalse();
    assertThat(old.nack("b")).isTrue();
    assertThat(old.record().activeSessions()).containsExactly("a");
    old.complete("a");

    assertSession("a").isCompleted().isOwnedBy(old).hasAttempts(0);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_deleted_in_the_step_in_which_its_last_claim_leaves_it(Way way) {
    openWith(rules().maxNacks(way == Way.NACK_TO_DEATH ? 1 : 2));
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    claim(old, work("b"));
    KitWorker later = worker().on(machine).register();

    leave(old, later, "a", Way.END);
    assertThat(old.record().retired()).as("while it holds another").isTrue();
    leave(old, later, "b", way);

    refused(Refusal.UNKNOWN_WORKER, old::record);
    assertThat(allWorkers()).containsExactly(later.record());
  }

  private void leave(KitWorker old, KitWorker later, String id, Way way) {
    switch (way) {
      case END -> old.complete(id);
      case NACK, NACK_TO_DEATH -> old.nack(id);
      case TRANSFER -> later.takeOver(id, old);
      case LOST_LEASE -> passBeating(LEASE, later);
      case MISSED_ACCEPT -> {
        passBeating(ACCEPT.minus(MOMENT), later, old);
        pass(MOMENT);
      }
      case REQUEUE -> requeue(id);
      case RELEASED_BY_REPORT -> {
        stop(id);
        old.report(id, SessionState.FINALIZING);
      }
      case RELEASED_BY_REFRESH -> {
        stop(id);
        old.refresh(id);
        assertThat(old.record().retired()).as("in the grace").isTrue();
        old.refresh(id);
      }
      case RELEASED_BY_ACK -> {
        stop(id);
        old.ack(old.read().get(0));
      }
      case RELEASED_BY_TIME -> {
        passBeating(LEASE, old, later);
        stop(id);
        passBeating(GRACE, later);
      }
      case DEREGISTRATION -> assertThat(old.deregister()).containsExactly(id);
    }
  }

  @Test
  void its_claims_come_back_by_its_lease_alone() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    old.start("a");
    KitWorker later = worker().on(machine).register();

    passBeating(LEASE.minus(MOMENT), later);
    assertSession("a").isRunningOn(old);
    jump(MOMENT);

    assertThat(sweepStep())
        .as("its record is no record that was kept long enough")
        .isEqualTo(new SweepResult(1, 0, 0, 0, 0, false));
    assertSession("a").isReady().hasAttempts(1);
    refused(Refusal.UNKNOWN_WORKER, old::record);
  }

  @Test
  void what_it_lost_by_time_may_be_transferred_also_when_it_is_gone() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    old.start("a");
    KitWorker later = worker().on(machine).register();
    passBeating(LEASE, later);
    refused(Refusal.UNKNOWN_WORKER, old::record);
    refused(Refusal.NOT_OWNER, () -> old.start("a"));

    later.takeOver("a", old);

    assertSession("a").isClaimedBy(later).isAccepted();
  }

  @Test
  void while_it_holds_another_it_brings_back_what_it_lost() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    claim(old, work("b"));
    old.touch("b");
    KitWorker later = worker().on(machine).register();
    passBeating(ACCEPT, old, later);
    assertSession("a").isReady().hasAttempts(1);

    old.start("a");

    assertSession("a").isRunningOn(old);
  }

  @Test
  void it_may_be_handed_a_session() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    claim(other, work("b"));
    worker().on(machine).register();

    old.takeOver("b", other);
    old.complete("a");

    assertThat(old.record().activeSessions()).containsExactly("b");
  }

  @Test
  void a_session_that_is_being_stopped_keeps_it() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    stop("a");

    worker().on(machine).register();

    assertThat(old.record().retired()).isTrue();
    assertThat(old.refresh("a").stop()).isTrue();
  }

  @Test
  void a_damaged_session_keeps_it() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    damage("a");

    worker().on(machine).register();
    passBeating(LEASE);

    assertThat(old.record().retired()).isTrue();
  }

  @Test
  void the_same_registration_again_changes_nothing() {
    KitWorker old = worker().on(machine).register();
    claim(old, work("a"));
    KitWorker later = worker().on(machine).register();
    Worker before = later.record();

    workers().register(org, later.registration());
    workers().register(org, old.registration());
    workers().register(org, later.registration());

    assertThat(later.record()).isEqualTo(before);
    assertThat(old.record().retired()).isTrue();
    assertThat(allWorkers()).containsExactlyInAnyOrder(old.record(), before);
  }

  @Test
  void each_gives_way_to_the_next() {
    KitWorker first = worker().on(machine).register();
    claim(first, work("a"));
    KitWorker second = worker().on(machine).register();
    claim(second, work("b"));

    KitWorker third = worker().on(machine).register();

    assertThat(first.record().retired()).isTrue();
    assertThat(second.record().retired()).isTrue();
    assertThat(third.record().retired()).isFalse();
    first.complete("a");
    refused(Refusal.UNKNOWN_WORKER, first::record);
    assertThat(second.record().retired()).isTrue();
  }

  @Test
  void a_worker_that_registers_again_after_its_retirement_is_the_later_one() {
    KitWorker first = worker().on(machine).register();
    KitWorker second = worker().on(machine).register();
    refused(Refusal.UNKNOWN_WORKER, first::record);

    first.register();

    assertThat(first.record().retired()).isFalse();
    refused(Refusal.UNKNOWN_WORKER, second::record);
  }

  @Test
  void others_stay() {
    String neighbour = newOrg();
    List<KitWorker> others =
        List.of(
            worker().register(),
            worker().on("other-" + machine).register(),
            worker().on(machine).registeredBy("other-key").register(),
            workerOf(neighbour).on(machine).register());

    worker().on(machine).register();
    worker().register();

    assertThat(others).allSatisfy(other -> assertThat(other.record().retired()).isFalse());
  }

  @Test
  void a_refused_registration_retires_no_worker() {
    String keyId = "key-" + UUID.randomUUID();
    KitWorker old = worker().on(machine).registeredBy(keyId).register();
    claim(old, work("a"));
    revoke(keyId);
    KitWorker later = worker().on(machine).registeredBy(keyId);

    refused(Refusal.REVOKED, later::register);

    assertThat(old.record().retired()).isFalse();
  }

  @Test
  void of_many_of_one_machine_at_once_one_stays() {
    List<KitWorker> many = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      many.add(worker().on(machine));
    }

    Together.all(many.size(), caller -> many.get(caller).register());

    assertThat(workers().list(org, null, 20).items()).hasSize(1);
  }

  @Test
  void of_its_polls_and_a_later_registration_at_once_either_is_first() {
    KitWorker old = worker().on(machine).register();
    KitWorker later = worker().on(machine);
    enqueue(works("a-", 8));

    List<Integer> taken =
        Together.all(
            9,
            caller -> {
              if (caller == 4) {
                later.register();
                return 0;
              }
              try {
                return old.take(1).size();
              } catch (RefusedException e) {
                assertThat(e.refusal()).isEqualTo(Refusal.UNKNOWN_WORKER);
                return 0;
              }
            });

    int claims = taken.stream().mapToInt(Integer::intValue).sum();
    assertThat(counts().claimed()).isEqualTo(claims);
    if (claims == 0) {
      refused(Refusal.UNKNOWN_WORKER, old::record);
    } else {
      assertThat(old.record().retired()).isTrue();
      assertThat(old.activeSessions()).hasSize(claims);
    }
    assertThat(later.record().retired()).isFalse();
  }
}
