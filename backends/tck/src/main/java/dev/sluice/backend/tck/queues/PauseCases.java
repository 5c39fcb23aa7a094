package dev.sluice.backend.tck.queues;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Queues of projects". */
abstract class PauseCases extends Fixture {

  private static final Duration WHILE = Duration.ofMinutes(10);

  @Test
  void a_paused_queue_hands_out_nothing_and_blocks_no_other() {
    enqueue(
        work("a").project("web").priority(1),
        work("b").project("web").needs("gpu").priority(1),
        work("c").project("app"),
        work("d"));

    pause("web", 0);

    KitWorker worker = worker().can("gpu").register();
    assertThat(worker.take(5)).containsExactly("c", "d");
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.CLOSED);
    assertSession("a").isReady().hasPosition(1);
  }

  @Test
  void a_pause_is_kept_with_reason_actor_and_times() {
    long since = clock.now();
    long until = since + WHILE.toMillis();

    ProjectQueue queue =
        queues().pause(org, "web", until, new AuditNote("key-1", "a \"freeze\" \ud83e\uddca"));

    assertThat(queue.pause())
        .isEqualTo(new Pause("a \"freeze\" \ud83e\uddca", "key-1", since, until));
    assertThat(queue.open()).isFalse();
    assertThat(queueOf("web")).isEqualTo(queue);
    assertThat(queueOf("app").pause()).isNull();
    enqueue(work("a").project("web"));
    assertThat(standing("a").queue().pause()).isEqualTo(queue.pause());
  }

  @Test
  void a_pause_may_come_without_a_reason() {
    Pause pause = queues().pause(org, "web", 0, new AuditNote("key-1", "")).pause();

    assertThat(pause).isEqualTo(new Pause("", "key-1", clock.now(), 0));
    assertThat(queueOf("web").pause()).isEqualTo(pause);
  }

  @Test
  void a_resumed_queue_hands_out_again() {
    enqueue(work("a").project("web"));
    pause("web", 0);

    assertThat(resume("web").pause()).isNull();

    assertThat(queueOf("web").open()).isTrue();
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_resume_without_a_pause_changes_nothing() {
    enqueue(work("a").project("web"));

    audited(() -> assertThat(resume("web")).isEqualTo(queueOf("web")));
    audited(() -> queues().resume(org, "never-heard-of", BY));
  }

  @Test
  void a_pause_replaces_the_one_in_force_and_is_always_a_change() {
    queues().pause(org, "web", clock.now() + WHILE.toMillis(), new AuditNote("key-1", "first"));
    jump(MOMENT);
    long before = seq();

    queues().pause(org, "web", 0, new AuditNote("key-2", "second"));
    assertThat(seq()).isEqualTo(before + 1);
    queues().pause(org, "web", 0, new AuditNote("key-2", "second"));
    assertThat(seq()).isEqualTo(before + 2);

    assertThat(queueOf("web").pause()).isEqualTo(new Pause("second", "key-2", clock.now(), 0));
    jump(WHILE);
    assertThat(sweepStep().due()).as("the end of the first is none of the second").isZero();
    assertThat(queueOf("web").open()).isFalse();
  }

  @Test
  void a_pause_with_an_end_ends_by_a_poll() {
    worker.register();
    enqueue(work("a").project("web"));
    pause("web", clock.now() + WHILE.toMillis());

    jump(WHILE.minus(MOMENT));
    assertThat(worker.take(5)).isEmpty();
    jump(MOMENT);
    assertThat(queueOf("web").pause()).as("until its end is handled").isNotNull();
    assertThat(worker.take(5)).containsExactly("a");
    assertThat(queueOf("web").pause()).isNull();
  }

  @Test
  void a_pause_with_an_end_ends_by_a_sweep() {
    pause("web", clock.now() + WHILE.toMillis());

    jump(WHILE.minus(MOMENT));
    assertThat(sweepStep().due()).isZero();
    jump(MOMENT);
    long before = seq();
    assertThat(sweepStep().due()).isEqualTo(1);

    assertThat(seq()).isEqualTo(before + 1);
    assertThat(queueOf("web").open()).isTrue();
  }

  @Test
  void a_pause_may_end_before_it_began() {
    enqueue(work("a").project("web"));

    assertThat(pause("web", clock.now() - 1).open()).isFalse();

    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void a_resume_takes_the_end_of_the_pause_with_it() {
    pause("web", clock.now() + WHILE.toMillis());
    resume("web");
    pause("web", 0);

    jump(WHILE);

    assertThat(sweepStep().due()).isZero();
    assertThat(queueOf("web").open()).isFalse();
  }

  @Test
  void what_is_claimed_of_a_paused_queue_goes_on() {
    enqueue(work("a").project("web"), work("b").project("web"), work("c").project("web"));
    assertThat(worker.take(5)).hasSize(3);

    pause("web", 0);
    worker.start("a");
    other.takeOver("b", worker);
    worker.nack("c");

    assertSession("a").isRunningOn(worker);
    assertSession("b").isClaimedBy(other);
    assertSession("c").isReturned();
    assertThat(other.take(5)).isEmpty();
    worker.complete("a");
    assertSession("a").isCompleted();
  }

  @Test
  void work_of_a_paused_queue_comes_and_goes_otherwise() {
    pause("web", 0);

    assertThat(enqueue(work("a").project("web")).position()).isEqualTo(1);
    assertThat(enqueue(work("b").project("web")).position()).isEqualTo(2);
    front("b");
    stop("a");

    assertSession("b").isReady().hasPosition(1);
    assertThat(queueOf("web").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
  }

  @Test
  void a_resumed_queue_may_still_be_closed_by_its_cap() {
    enqueue(work("a").project("web"));
    cap("web", 0);
    pause("web", 0);

    resume("web");
    assertThat(worker.take(5)).isEmpty();
    pause("web", 0);
    unlimit("web");
    assertThat(worker.take(5)).isEmpty();
    resume("web");

    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_pause_outlives_all_work_of_its_project() {
    claim(worker, work("a").project("web"));
    pause("web", 0);
    worker.complete("a");
    sweepAfter(Duration.ofHours(25));

    enqueue(work("b").project("web"));

    assertThat(worker.register().take(5)).isEmpty();
    assertThat(queueOf("web").pause()).isNotNull();
  }
}
