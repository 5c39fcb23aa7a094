package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hint.Kind;
import dev.sluice.backend.Hints;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.ClaimedWork;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Hints": of work that may be claimed. */
abstract class WorkHintCases extends HintFixture {

  @Test
  void work_is_enqueued() {
    assertHint(Kind.WORK, "web", () -> enqueue(work("a").project("web")));
  }

  @Test
  void of_work_that_is_enqueued_together_there_is_one_an_item() {
    BlockingQueue<Hint> heard = new LinkedBlockingQueue<>();
    try (Hints.Subscription subscription = hints().subscribe(heard::add)) {
      enqueue(
          work("a").project("web"),
          work("b").project("web"),
          work("c").project("app"),
          work("d").project("web"));

      for (int i = 0; i < 3; i++) {
        await(heard, new Hint(org, Kind.WORK, "web"));
      }
    }
  }

  @Test
  void work_of_no_project_is_enqueued() {
    assertHint(Kind.WORK, "default", () -> enqueue(work("a")));
  }

  @Test
  void the_time_of_later_work_comes() {
    enqueue(work("a").project("web").notBefore(clock.now() + 1));
    jump(MOMENT);

    assertHint(Kind.WORK, "web", this::sweep);
  }

  @Test
  void the_time_of_later_work_comes_in_a_poll_of_another() {
    KitWorker other = worker().projects("app").register();
    enqueue(work("a").project("web").notBefore(clock.now() + 1));
    jump(MOMENT);

    assertHint(Kind.WORK, "web", () -> other.take(1));
  }

  @Test
  void the_best_of_an_issue_ends_and_the_next_comes_up() {
    claim(worker, work("a").issue("i").project("app"));
    enqueue(work("b").issue("i").project("web"));

    assertHint(Kind.WORK, "web", () -> worker.complete("a"));
  }

  @Test
  void parked_work_becomes_the_best_of_its_issue() {
    enqueue(work("a").issue("i").project("app"), work("b").issue("i").project("web"));

    assertHint(Kind.WORK, "web", () -> reprioritise("b", 1));
  }

  @Test
  void parked_work_is_put_in_front() {
    enqueue(work("a").issue("i").project("app"), work("b").issue("i").project("web"));

    assertHint(Kind.WORK, "web", () -> queue().front(org, "b", BY));
  }

  @Test
  void a_lease_is_lost() {
    claim(worker, work("a").project("web"));
    pass(LEASE.minus(MOMENT));

    assertHint(Kind.WORK, "web", () -> pass(MOMENT));
  }

  @Test
  void an_accept_is_missed() {
    claim(worker, work("a").project("web"));
    passBeating(ACCEPT.minus(MOMENT), worker);

    assertHint(Kind.WORK, "web", () -> passBeating(MOMENT, worker));
  }

  @Test
  void work_is_nacked() {
    claim(worker, work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> worker.nack("a"));
  }

  @Test
  void a_back_off_is_over() {
    claim(worker, work("a").project("web"));
    worker.nack("a");
    jump(BACK_OFF);

    assertHint(Kind.WORK, "web", this::sweep);
  }

  @Test
  void a_worker_deregisters() {
    claim(worker, work("a").project("web"));

    assertHint(Kind.WORK, "web", worker::deregister);
  }

  @Test
  void an_unwritten_answer_is_given_back() {
    ClaimedWork claim = claim(worker, work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> worker.giveBack(claim));
    ClaimedWork again = worker.claim("a");
    assertHint(Kind.SLOT, worker.id(), () -> worker.giveBack(again));
  }

  @Test
  void claimed_work_is_requeued() {
    claim(worker, work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> requeue("a"));
  }

  @Test
  void ended_work_is_requeued() {
    claim(worker, work("a").project("web"));
    worker.complete("a");

    assertHint(Kind.WORK, "web", () -> requeue("a"));
  }

  @Test
  void a_pause_is_ended() {
    queues().pause(org, "web", 0, new AuditNote("ann", ""));
    enqueue(work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> queues().resume(org, "web", BY));
  }

  @Test
  void a_pause_ends_by_itself() {
    queues().pause(org, "web", clock.now() + 1, new AuditNote("ann", ""));
    enqueue(work("a").project("web"));
    jump(MOMENT);

    assertHint(Kind.WORK, "web", this::sweep);
  }

  @Test
  void a_cap_is_raised() {
    queues().limit(org, "web", new QueueLimits(0, null), BY);
    enqueue(work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> queues().limit(org, "web", new QueueLimits(1, null), BY));
  }

  @Test
  void a_session_under_the_cap_ends() {
    queues().limit(org, "web", new QueueLimits(1, null), BY);
    claim(worker, work("a").project("web"));
    enqueue(work("b").project("web"));

    assertHint(Kind.WORK, "web", () -> worker.complete("a"));
  }

  @Test
  void a_budget_is_taken_away() {
    queues().limit(org, "web", new QueueLimits(null, 0L), BY);
    enqueue(work("a").project("web"));

    assertHint(Kind.WORK, "web", () -> queues().limit(org, "web", QueueLimits.NONE, BY));
  }

  @Test
  void a_new_day_begins() {
    queues().limit(org, "web", new QueueLimits(null, 1_000L), BY);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.COMPLETED, Map.of(), 1_000);
    enqueue(work("b").project("web"));
    jump(untilMidnight());

    assertHint(Kind.WORK, "web", this::sweep);
  }
}
