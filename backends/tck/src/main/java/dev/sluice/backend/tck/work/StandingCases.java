package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "States and places", "Issues" and "Queues of projects". */
abstract class StandingCases extends Fixture {

  @Test
  void ready_work_stands_by_itself_with_its_position_and_queue() {
    worker().register();
    enqueue(work("a").project("web"), work("b").project("web"));
    long last = seq();

    var standing = queue().standing(org, "b");

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(standing).isEqualTo(new Standing(session("b"), null, false, queueOf("web")));
    assertThat(standing.session().position()).isEqualTo(2);
    assertThat(standing.queue().counts().ready()).isEqualTo(2);
    assertThat(seq()).isEqualTo(last);
    assertReasons("b", WaitReason.Kind.IN_ORDER);
  }

  @Test
  void parked_work_stands_behind_the_best_of_its_issue() {
    worker().register();
    enqueue(
        work("worst").issue("i").priority(9),
        work("best").issue("i").priority(1),
        work("middle").issue("i").priority(5));

    for (String id : List.of("worst", "middle")) {
      assertThat(standing(id))
          .isEqualTo(new Standing(session(id), "best", false, queueOf("default")));
      assertSession(id).isParked();
      assertThat(session(id).position()).isZero();
      assertReasons(id, WaitReason.Kind.BEHIND_ISSUE);
    }
    assertThat(standing("best").behind()).isNull();
  }

  @Test
  void parked_work_stands_behind_the_claimed_one_though_it_be_better() {
    claim(worker, work("claimed").issue("i").priority(5));
    enqueue(work("better").issue("i").priority(1), work("worse").issue("i").priority(9));

    for (String id : List.of("better", "worse")) {
      assertThat(standing(id))
          .isEqualTo(new Standing(session(id), "claimed", true, queueOf("default")));
      assertReasons(id, WaitReason.Kind.BEHIND_ISSUE);
    }
    stop("claimed");
    assertThat(standing("worse").behind()).as("in the grace").isEqualTo("claimed");
    assertThat(standing("worse").behindClaimed()).isTrue();
    worker.report("claimed", SessionState.STOPPED);
    assertThat(standing("worse").behind()).isEqualTo("better");
    assertThat(standing("worse").behindClaimed()).isFalse();
    assertThat(standing("better").behind()).isNull();
  }

  @Test
  void the_one_before_it_is_of_its_project() {
    worker().projects("web").register();
    enqueue(
        work("other").issue("i").project("app").priority(1),
        work("best").issue("i").project("web").priority(2),
        work("b").issue("i").project("web"));

    assertThat(standing("b")).isEqualTo(new Standing(session("b"), "best", false, queueOf("web")));
    assertReasons("b", WaitReason.Kind.BEHIND_ISSUE);
    assertReasons("other", WaitReason.Kind.NO_WORKER);
  }

  @Test
  void later_work_stands_by_its_time() {
    worker().register();
    enqueue(work("a").notBefore(clock.now() + 1));

    assertThat(standing("a"))
        .isEqualTo(new Standing(session("a"), null, false, queueOf("default")));
    assertThat(session("a").place()).isEqualTo(Place.LATER);
    assertReasons("a", WaitReason.Kind.NOT_BEFORE);
  }

  @Test
  void returned_work_stands_in_order_and_says_who_nacked_it() {
    worker().register();
    claim("a");
    worker.nack("a");

    Standing standing = standing("a");

    assertThat(standing).isEqualTo(new Standing(session("a"), null, false, queueOf("default")));
    assertThat(standing.session().nackedBy()).isEqualTo(worker.id());
    assertThat(standing.session().returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis());
    assertThat(standing.session().position()).isEqualTo(1);
    assertReasons("a", WaitReason.Kind.NACKED);
  }

  @Test
  void claimed_dead_and_ended_sessions_stand_and_wait_for_nothing() {
    worker.register();
    deadLetter("dead");
    claim("claimed");
    claim("ended");
    worker.complete("ended");

    for (String id : List.of("claimed", "dead", "ended")) {
      assertThat(standing(id))
          .isEqualTo(new Standing(session(id), null, false, queueOf("default")));
      assertReasons(id);
    }
  }

  @Test
  void what_closes_its_queue_is_said() {
    queues().limit(org, "web", new QueueLimits(1, 1_000L), BY);
    claim(worker, work("spends").project("web"));
    worker.report("spends", SessionState.COMPLETED, 1_000);
    queues().limit(org, "web", new QueueLimits(0, 1_000L), BY);
    pause("web", clock.now() + 5);
    enqueue(work("a").project("web"));

    Standing standing = standing("a");

    assertThat(standing.queue()).isEqualTo(queueOf("web"));
    assertReasons("a", WaitReason.Kind.PAUSED, WaitReason.Kind.CAPPED, WaitReason.Kind.OVER_BUDGET);
  }

  @Test
  void what_lies_with_the_workers_is_said() {
    enqueue(work("a").project("web").needs("gpu"));
    worker().projects("app").can("gpu").register();
    assertReasons("a", WaitReason.Kind.NO_WORKER);

    KitWorker able = worker().projects("web").can("gpu").capacity(1).register();
    assertReasons("a", WaitReason.Kind.IN_ORDER);
    able.drain();
    assertReasons("a", WaitReason.Kind.WORKERS_DRAINING);
    able.undrain();
    enqueue(work("own"));
    able.claimByName("own");
    assertReasons("a", WaitReason.Kind.WORKERS_FULL);
    pass(LEASE);
    assertReasons("a", WaitReason.Kind.WORKERS_SILENT);
  }

  @Test
  void an_unknown_and_a_damaged_session_are_refused() {
    enqueue(work("broken"));
    damage("broken");

    refused(Refusal.UNKNOWN_SESSION, () -> standing("nowhere"));
    refused(Refusal.DAMAGED, () -> standing("broken"));
  }

  private void assertReasons(String id, WaitReason.Kind... kinds) {
    List<Worker> all = workers().list(org, null, 100).items();
    assertThat(WhyItWaits.reasons(standing(id), all, clock.now()))
        .extracting(WaitReason::kind)
        .containsExactly(kinds);
  }
}
