package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.BatchJob.State;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.PollResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Read answers". */
abstract class ReadAnswerCases extends Fixture {

  private static final Duration OUTAGE = Duration.ofMillis(RULES.outageGapMs()).plus(MOMENT);
  private static final Duration MINOR = Duration.ofMillis(RULES.outageGapMs() / 2);

  /** Offers that the next poll settles. */
  enum Kind {
    JOB,
    MESSAGE,
    STOP
  }

  private KitWorker reader = worker;
  private int polls;

  private void offer(Kind kind) {
    sweepOnce();
    reader = worker().can(BatchLane.CAPABILITY).speaking(Dialect.SNAKE_CASE).capacity(5).register();
    claim(reader, work("a"));
    switch (kind) {
      case JOB -> add("j");
      case MESSAGE -> send("a", MessageType.DIRECTIVE, "go on");
      case STOP -> stop("a");
    }
    assertThat(poll()).as("offered").isTrue();
  }

  /** True if the poll brought it. */
  private boolean poll() {
    polls++;
    return repeat();
  }

  private boolean repeat() {
    PollResult result = reader.pollAll("r-" + polls, 0);
    return !result.batch().isEmpty() || !result.messages().isEmpty();
  }

  private boolean settled(Kind kind) {
    return switch (kind) {
      case JOB -> jobState("j") == State.DELIVERED;
      case MESSAGE, STOP -> inbox("a").isEmpty();
    };
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void the_next_poll_through_the_same_node_settles_it(Kind kind) {
    offer(kind);

    assertThat(poll()).isFalse();

    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_offered_again_after_the_node_that_offered_it_was_restarted(Kind kind) {
    offer(kind);
    QueueBackend restarted = store().anotherNode();
    reader.through(restarted);

    assertThat(poll()).as("before its first sweep it can't know").isFalse();
    assertThat(settled(kind)).isFalse();
    restarted.upkeep().sweepStep(org);
    jump(MOMENT);

    assertThat(poll()).as("offered again").isTrue();
    assertThat(settled(kind)).isFalse();
    assertThat(poll()).isFalse();
    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_offered_again_once_another_node_finds_that_the_first_one_has_ceased(Kind kind) {
    QueueBackend other = store().anotherNode();
    other.upkeep().sweepStep(org);
    offer(kind);
    reader.through(other);
    jump(MOMENT);

    other.upkeep().sweepStep(org);
    assertThat(poll()).as("the first one may live").isFalse();
    assertThat(settled(kind)).isFalse();
    for (Duration passed = MOMENT; passed.compareTo(OUTAGE) <= 0; passed = passed.plus(MINOR)) {
      jump(MINOR);
      other.upkeep().sweepStep(org);
    }

    assertThat(poll()).as("offered again").isTrue();
    assertThat(poll()).isFalse();
    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void through_another_node_it_is_settled_once_both_have_swept_and_offered_once(Kind kind) {
    QueueBackend other = store().anotherNode();
    other.upkeep().sweepStep(org);
    offer(kind);
    reader.through(other);
    jump(MOMENT);
    assertThat(poll()).isFalse();
    other.upkeep().sweepStep(org);
    assertThat(poll()).isFalse();
    assertThat(settled(kind)).isFalse();

    sweepStep();

    assertThat(poll()).isFalse();
    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_offered_again_after_an_outage(Kind kind) {
    offer(kind);

    sweepAfter(OUTAGE);
    jump(MOMENT);

    assertThat(poll()).as("offered again").isTrue();
    assertThat(poll()).isFalse();
    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_node_that_comes_or_goes_before_the_offer_changes_nothing(Kind kind) {
    QueueBackend other = store().anotherNode();
    other.upkeep().sweepStep(org);
    offer(kind);

    assertThat(poll()).isFalse();

    assertThat(settled(kind)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void an_answer_told_again_through_another_node_counts_as_that_node_s(Kind kind) {
    offer(kind);
    QueueBackend other = store().anotherNode();
    reader.through(other);

    assertThat(repeat()).as("told again").isTrue();
    assertThat(poll()).isFalse();

    assertThat(settled(kind)).isTrue();
  }

  @Test
  void while_jobs_are_not_settled_no_others_are_offered() {
    offer(Kind.JOB);
    add("k");
    reader.through(store().anotherNode());

    assertThat(poll()).isFalse();

    assertThat(jobState("j")).isEqualTo(State.OFFERED);
    assertThat(jobState("k")).isEqualTo(State.WAITING);
  }

  @Test
  void a_job_whose_answers_are_lost_again_and_again_is_dead_at_last() {
    offer(Kind.JOB);
    for (int n = 1; n < RULES.tries().maxOffers(); n++) {
      sweepAfter(OUTAGE);
      jump(MOMENT);
      assertThat(poll()).as("offer " + (n + 1)).isTrue();
    }

    sweepAfter(OUTAGE);
    jump(MOMENT);

    assertThat(poll()).isFalse();
    assertThat(jobState("j")).isEqualTo(State.DEAD);
  }
}
