package dev.sluice.backend.tck.queues;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Queues of projects". */
abstract class LimitCases extends Fixture {

  @Test
  void a_project_never_heard_of_has_an_empty_queue_without_limits() {
    ProjectQueue queue = queueOf("web");

    assertThat(queue)
        .isEqualTo(
            new ProjectQueue("web", new Counts(0, 0, 0, 0, 0, 0), QueueLimits.NONE, 0, null, 0));
    assertThat(queue.open()).isTrue();
  }

  @Test
  void limits_are_kept_as_they_were_set() {
    QueueLimits limits = new QueueLimits(3, 5_000_000L);

    ProjectQueue queue = queues().limit(org, "web", limits, BY);

    assertThat(queue.limits()).isEqualTo(limits);
    assertThat(queueOf("web")).isEqualTo(queue);
    assertThat(queueOf("app").limits()).isEqualTo(QueueLimits.NONE);
  }

  @Test
  void limits_are_never_negative() {
    assertThatThrownBy(() -> new QueueLimits(-1, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QueueLimits(null, -1L))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_same_limits_again_change_nothing() {
    cap("web", 3);

    audited(() -> cap("web", 3));
    audited(() -> unlimit("app"));
    long before = seq();
    cap("web", 2);
    assertThat(seq()).isEqualTo(before + 1);
  }

  @Test
  void a_cap_of_one_hands_out_one_and_blocks_no_other_queue() {
    cap("web", 1);
    enqueue(
        work("a").project("web"),
        work("b").project("web"),
        work("c").project("web").needs("gpu"),
        work("y").project("app"),
        work("z").priority(9));

    assertThat(worker().can("gpu").register().take(5)).containsExactly("a", "y", "z");

    assertThat(worker().can("gpu").register().take(5)).isEmpty();
    assertSession("b").isReady().hasPosition(1);
    assertThat(queueOf("web").counts()).isEqualTo(new Counts(2, 0, 0, 0, 1, 0));
    assertThat(queueOf("web").capped()).isTrue();
    assertThat(queueOf("web").open()).isFalse();
  }

  @Test
  void any_number_of_polls_at_once_gets_no_more_than_the_cap() {
    cap("web", 3);
    enqueue(works("a-", 60, item -> item.project("web")));
    List<KitWorker> workers = fleet(16);

    List<List<String>> taken = Together.all(16, caller -> workers.get(caller).take(5));

    assertThat(taken.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("a-001", "a-002", "a-003");
    assertThat(counts().claimed()).isEqualTo(3);
  }

  @Test
  void a_cap_counts_all_buckets_of_its_project() {
    cap("web", 2);
    enqueue(
        work("a").project("web"),
        work("b").project("web").needs("gpu"),
        work("c").project("web").needs("arm"));

    assertThat(worker().can("gpu", "arm").register().take(5)).containsExactly("a", "b");
  }

  @Test
  void work_of_no_project_has_a_queue_like_any_other() {
    cap("default", 1);
    enqueue(work("a"), work("b"), work("c").project("web"));

    assertThat(worker().register().take(5)).containsExactly("a", "c");
  }

  @Test
  void a_cap_of_none_closes_the_queue() {
    enqueue(work("a").project("web"));

    assertThat(cap("web", 0).open()).isFalse();

    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void a_raised_cap_opens_the_queue() {
    cap("web", 1);
    enqueue(work("a").project("web"), work("b").project("web"), work("c").project("web"));
    assertThat(worker.take(5)).containsExactly("a");

    cap("web", 2);
    assertThat(worker.take(5)).containsExactly("b");
    unlimit("web");
    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_lowered_cap_takes_nothing_back_but_hands_out_nothing_until_there_is_room() {
    worker.register();
    enqueue(works("a-", 5, item -> item.project("web")));
    assertThat(worker.take(3)).hasSize(3);

    cap("web", 2);

    assertThat(worker.activeSessions()).hasSize(3);
    worker.complete("a-001");
    assertThat(worker.take(5)).isEmpty();
    worker.complete("a-002");
    assertThat(worker.take(5)).containsExactly("a-004");
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void a_cap_set_while_work_is_claimed_counts_it() {
    enqueue(work("a").project("web"), work("b").project("web"));
    worker.claim("a");

    cap("web", 1);

    assertThat(worker.take(5)).isEmpty();
  }

  enum Room {
    COMPLETED,
    FAILED,
    NACK,
    LEASE_LOST,
    ACCEPT_MISSED,
    DEREGISTRATION,
    REQUEUE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void whatever_ends_a_claim_makes_room(Room room) {
    cap("web", 1);
    enqueue(work("a").project("web").priority(2), work("b").project("web").priority(3));
    worker.claim("a");
    assertThat(other.take(5)).isEmpty();

    switch (room) {
      case COMPLETED, FAILED -> worker.report("a", SessionState.valueOf(room.name()));
      case NACK -> worker.nack("a");
      case LEASE_LOST -> passBeating(LEASE, other);
      case ACCEPT_MISSED -> passBeating(ACCEPT, worker, other);
      case DEREGISTRATION -> worker.deregister();
      case REQUEUE -> requeue("a");
    }

    assertThat(queueOf("web").open()).isTrue();
    boolean ended = room == Room.COMPLETED || room == Room.FAILED;
    assertThat(other.take(5)).containsExactly(ended ? "b" : "a");
    assertThat(other.take(5)).isEmpty();
  }

  @Test
  void what_is_being_stopped_counts_until_it_is_released() {
    cap("web", 1);
    enqueue(work("a").project("web"), work("b").project("web"));
    worker.claim("a");

    stop("a");
    assertThat(worker.take(5)).isEmpty();
    assertThat(queueOf("web").counts().claimed()).isEqualTo(1);

    worker.report("a", SessionState.STOPPED);
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void a_lost_claim_comes_back_beyond_the_cap() {
    cap("web", 1);
    enqueue(work("b").project("web").priority(2), work("c").project("web").priority(3));
    worker.claim("b");
    passBeating(LEASE, other);
    enqueue(work("a").project("web").priority(1));
    other.claim("a");

    assertThat(worker.start("b").reattached()).isTrue();

    assertThat(queueOf("web").counts().claimed()).isEqualTo(2);
    worker.complete("b");
    assertThat(worker.take(5)).as("the cap counts what is beyond it").isEmpty();
    other.complete("a");
    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_claim_by_name_is_denied_while_the_queue_is_capped() {
    cap("web", 1);
    enqueue(work("a").project("web"), work("b").project("web"));

    assertThat(worker.claimByName("b").denial()).isNull();
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.CLOSED);
    worker.complete("b");
    assertThat(worker.claimByName("a").denial()).isNull();
  }

  @Test
  void capped_work_stands_with_its_queue() {
    cap("web", 1);
    enqueue(work("a").project("web"), work("b").project("web"));
    worker.claim("a");

    assertThat(standing("b").queue()).isEqualTo(queueOf("web"));
    assertThat(standing("b").queue().capped()).isTrue();
  }

  @Test
  void limits_stay_when_nothing_else_is_left_of_the_project() {
    cap("web", 1);
    claim(worker, work("a").project("web"));
    worker.complete("a");

    sweepAfter(Duration.ofHours(25));

    assertThat(queueOf("web").limits()).isEqualTo(new QueueLimits(1, null));
    enqueue(work("b").project("web"), work("c").project("web"));
    assertThat(worker.take(5)).containsExactly("b");
  }
}
