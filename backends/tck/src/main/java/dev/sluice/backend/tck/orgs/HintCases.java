package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hint.Kind;
import dev.sluice.backend.Hints;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Projects;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/rules.md, "Hints". Waits only for the hints that must come; others may come late or twice.
 */
abstract class HintCases extends Fixture {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void a_worker_is_told_of_messages_to_its_session() {
    claim("a");

    assertHint(Kind.MESSAGE, worker.id(), () -> send("a", MessageType.NUDGE, "hello"));
    assertHint(Kind.MESSAGE, worker.id(), () -> stop("a"));
  }

  @Test
  void a_new_owner_is_told_of_messages_that_wait() {
    claim("a");
    pass(LEASE);
    send("a", MessageType.NUDGE, "hello");

    assertHint(Kind.MESSAGE, worker.id(), () -> worker.touch("a"));
    assertHint(Kind.MESSAGE, other.id(), () -> other.takeOver("a", worker));
  }

  @Test
  void a_claim_that_leaves_its_worker_frees_a_slot() {
    claim("completed");
    assertSlot(worker, () -> worker.complete("completed"));
    claim("nacked");
    assertSlot(worker, () -> worker.nack("nacked"));
    claim("transferred");
    assertSlot(worker, () -> other.takeOver("transferred", worker));
    claim("requeued");
    assertSlot(worker, () -> requeue("requeued"));
    assertSlot(worker, () -> worker.giveBack(worker.claim("requeued")));
  }

  @Test
  void a_claim_that_leaves_a_replaced_worker_frees_a_slot_of_the_one_that_replaced_it() {
    enqueue(work("completed"), work("requeued"), work("last"));
    KitWorker old = worker().on("machine").register();
    old.take(3);
    KitWorker second = worker().on("machine").capacity(3).register();
    assertSlot(second, () -> old.complete("completed"));
    assertSlot(second, () -> requeue("requeued"));
    second.take(1);
    KitWorker third = worker().on("machine").capacity(3).register();
    assertSlot(third, () -> second.deregister());
    assertSlot(third, () -> pass(LEASE));
  }

  @Test
  void an_acknowledged_stop_frees_a_slot() {
    KitWorker daemon = daemon();
    claim("a");
    claim(daemon, work("b"));
    stop("a");
    String stop = "" + stop("b").messageId();
    Message read = worker.read().get(0);

    assertSlot(worker, () -> worker.ack(read));
    assertSlot(daemon, () -> daemon.refreshAcking("b", stop));
  }

  @Test
  void a_missed_accept_frees_a_slot() {
    claim("a");
    passBeating(ACCEPT.minus(MOMENT), worker);

    assertSlot(worker, () -> passBeating(MOMENT, worker));
  }

  @Test
  void the_end_of_a_grace_frees_a_slot() {
    claim("a");
    passBeating(LEASE, worker);
    stop("a");
    passBeating(GRACE.minus(MOMENT), worker);

    assertSlot(worker, () -> passBeating(MOMENT, worker));
  }

  @Test
  void a_worker_that_may_take_more_has_a_slot() {
    KitWorker worker = worker().capacity(1).draining().register();

    assertSlot(worker, () -> worker.beat(0, null, false));
    assertSlot(worker, () -> worker.beat(0, 2, null));
    worker.drain();
    assertSlot(worker, worker::undrain);
    worker.quarantine(2);
    assertSlot(worker, () -> worker.quarantine(1));
  }

  @Test
  void a_worker_takes_more_projects_and_repositories() {
    KitWorker worker = worker().projects("web").lists("a", "b").register();

    assertSlot(worker, () -> worker.admit(Projects.of(List.of("app"))));
    assertSlot(worker, () -> worker.admit(Projects.of(List.of("app", "web"))));
    assertSlot(worker, () -> worker.admit(Projects.ALL));
    worker.admit(Projects.NONE);
    assertSlot(worker, () -> worker.admit(Projects.of(List.of("web"))));
    assertSlot(worker, () -> worker.beat(listing("b", "c")));
    assertSlot(worker, () -> worker.beat(listing()));
  }

  @Test
  void each_worker_of_a_closed_org_is_told() {
    other.register();
    assertSlot(other, () -> transfers().close(org, OrgCopy.closure(Purpose.EXPORT), null));
  }

  @Test
  void a_worker_that_drains_is_told() {
    other.register();
    assertSlot(worker, () -> worker.beat(0, null, true));
    assertSlot(other, other::drain);
  }

  @Test
  void a_worker_that_is_gone_is_told() {
    assertSlot(worker, worker::deregister);
    KitWorker first = worker().on("machine").register();
    KitWorker second = worker().on("machine");
    assertSlot(first, second::register);
    claim(second, work("a"));
    assertSlot(second, () -> worker().on("machine").register());
  }

  @Test
  void a_job_waits() {
    other.register();
    assertBatch(() -> add("j"));
    scanner().register().takeJobs();
    jump(VISIBILITY);
    assertBatch(this::sweep);
    scanner().register().takeJobs();
    jump(VISIBILITY);
    assertBatch(() -> other.take(1));
  }

  @Test
  void a_claim_changes_its_session() {
    worker.register();
    enqueue(work("a"), work("b"));

    assertChange("a", () -> worker.claim("a"));
    assertChange("b", () -> worker.claimByName("b"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "FINALIZING", "COMPLETED", "FAILED", "STOPPED"})
  void a_report_changes_its_session(SessionState state) {
    claim("a");

    assertChange("a", () -> worker.report("a", state));
  }

  @Test
  void a_claim_that_returns_changes_its_session() {
    claim("a");
    assertChange("a", () -> worker.nack("a"));
    jump(BACK_OFF);
    assertChange("a", this::sweep);
    worker.claim("a");
    assertChange("a", worker::deregister);
    other.claim("a");
    pass(LEASE.minus(MOMENT));
    assertChange("a", () -> pass(MOMENT));
  }

  @Test
  void a_time_that_comes_changes_its_session() {
    enqueue(work("a").notBefore(clock.now() + 1), work("b").deadline(clock.now() + 2));

    jump(MOMENT);
    assertChange("a", this::sweep);
    jump(MOMENT);
    assertChange("b", this::sweep);
  }

  @Test
  void a_stop_and_a_requeue_change_their_session() {
    enqueue(work("a"));
    assertChange("a", () -> stop("a"));
    assertChange("a", () -> requeue("a"));
    worker.claim("a");
    assertChange("a", () -> stop("a"));
    Message stop = worker.read().get(0);
    assertChange("a", () -> worker.ack(stop));
    deadLetter("b");
    assertChange("b", () -> stop("b"));
  }

  @Test
  void a_better_session_of_its_issue_changes_a_session() {
    enqueue(work("a").issue("i"));

    assertChange("a", () -> enqueue(work("b").issue("i").priority(1)));
    assertChange("a", () -> stop("b"));
  }

  @Test
  void new_work_may_be_claimed() {
    String name = "we:b|\ud83d\ude80 {}\",\\ %";

    assertWork(() -> enqueue(work("a").project("web")));
    assertHint(Kind.WORK, "default", () -> enqueue(work("b")));
    assertHint(Kind.WORK, name, () -> enqueue(work("c").project(name)));
  }

  @Test
  void each_item_of_an_enqueue_has_a_hint() {
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
  void later_work_may_be_claimed_when_its_time_has_come() {
    KitWorker elsewhere = worker().projects("app").register();
    enqueue(work("a").project("web").notBefore(clock.now() + 1));
    enqueue(work("b").project("web").notBefore(clock.now() + 2));

    jump(MOMENT);
    assertWork(this::sweep);
    jump(MOMENT);
    assertWork(() -> elsewhere.take(1));
  }

  @Test
  void the_next_best_of_an_issue_may_be_claimed() {
    KitWorker snake = snake();
    claim(worker, work("a").issue("i").project("web"));
    claim(snake, work("c").issue("j").project("web"));
    enqueue(work("b").issue("i").project("web"), work("d").issue("j").project("web"));
    stop("c");
    snake.read();

    assertWork(() -> worker.complete("a"));
    assertWork(snake::read);
  }

  @Test
  void parked_work_that_becomes_the_best_of_its_issue_may_be_claimed() {
    enqueue(work("a").issue("i").project("web"), work("b").issue("i").project("web"));
    enqueue(work("c").issue("j").project("web"), work("d").issue("j").project("web"));

    assertWork(() -> reprioritise("b", 1));
    assertWork(() -> front("d"));
  }

  @Test
  void work_that_returns_may_be_claimed() {
    ClaimedWork claim = claim(worker, work("a").project("web"));
    assertWork(() -> worker.giveBack(claim));
    worker.claim("a");
    assertWork(() -> requeue("a"));
    worker.claim("a");
    worker.complete("a");
    assertWork(() -> requeue("a"));
    worker.claim("a");
    assertWork(() -> worker.nack("a"));
    jump(BACK_OFF);
    assertWork(this::sweep);
    worker.claim("a");
    assertWork(worker::deregister);
  }

  @Test
  void work_that_returns_by_time_may_be_claimed() {
    claim(worker, work("a").project("web"));
    pass(LEASE.minus(MOMENT));
    assertWork(() -> pass(MOMENT));
    worker.claim("a");
    passBeating(ACCEPT.minus(MOMENT), worker);
    assertWork(() -> passBeating(MOMENT, worker));
  }

  @Test
  void work_of_a_queue_that_opens_may_be_claimed() {
    enqueue(work("a").project("web"));
    pause("web", 0);
    assertWork(() -> resume("web"));
    pause("web", clock.now() + 1);
    jump(MOMENT);
    assertWork(this::sweep);
    cap("web", 0);
    assertWork(() -> cap("web", 1));
    budget("web", 0);
    assertWork(() -> unlimit("web"));
  }

  @Test
  void work_under_a_cap_may_be_claimed_when_a_session_ends() {
    cap("web", 1);
    claim(worker, work("a").project("web"));
    enqueue(work("b").project("web"));

    assertWork(() -> worker.complete("a"));
  }

  @Test
  void work_over_the_budget_may_be_claimed_on_the_next_day() {
    budget("web", 1_000);
    claim(worker, work("a").project("web"));
    worker.report("a", SessionState.COMPLETED, 1_000);
    enqueue(work("b").project("web"));
    jump(untilMidnight());

    assertWork(this::sweep);
  }

  @Test
  void every_listener_hears_until_it_is_closed() {
    BlockingQueue<Hint> first = new LinkedBlockingQueue<>();
    BlockingQueue<Hint> second = new LinkedBlockingQueue<>();
    try (Hints.Subscription staying = hints().subscribe(second::add)) {
      Hints.Subscription leaving = hints().subscribe(first::add);
      enqueue(work("a").project("web"));
      await(first, new Hint(org, Kind.WORK, "web"));
      await(second, new Hint(org, Kind.WORK, "web"));

      leaving.close();
      leaving.close();
      first.clear();
      enqueue(work("b").project("app"));
      await(second, new Hint(org, Kind.WORK, "app"));
      assertThat(first).doesNotContain(new Hint(org, Kind.WORK, "app"));
    }
  }

  private void assertWork(Runnable call) {
    assertHint(Kind.WORK, "web", call);
  }

  private void assertSlot(KitWorker worker, Runnable call) {
    assertHint(Kind.SLOT, worker.id(), call);
  }

  private void assertBatch(Runnable call) {
    assertHint(Kind.BATCH, BatchLane.CAPABILITY, call);
  }

  private void assertChange(String sessionId, Runnable call) {
    assertHint(Kind.SESSION, sessionId, call);
  }

  private void assertHint(Kind kind, String name, Runnable call) {
    BlockingQueue<Hint> heard = new LinkedBlockingQueue<>();
    try (Hints.Subscription subscription = hints().subscribe(heard::add)) {
      fence(heard);
      call.run();
      await(heard, new Hint(org, kind, name));
    }
  }

  /** Waits for the hints of earlier calls. */
  private void fence(BlockingQueue<Hint> heard) {
    String nowhere = "fence-" + UUID.randomUUID();
    enqueue(work(nowhere).project(nowhere));
    await(heard, new Hint(org, Kind.WORK, nowhere));
    stop(nowhere);
    heard.clear();
  }

  private static void await(BlockingQueue<Hint> heard, Hint wanted) {
    long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Hint hint = null; !wanted.equals(hint); ) {
        hint = heard.poll(patienceEnds - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(hint).as("any hint, awaiting %s", wanted).isNotNull();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
