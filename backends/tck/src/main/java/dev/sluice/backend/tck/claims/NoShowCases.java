package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "No-shows". */
abstract class NoShowCases extends Fixture {

  private static final Duration QUARANTINE = Duration.ofMillis(RULES.tries().quarantineMs());

  @BeforeEach
  void begin() {
    sweepOnce();
  }

  @Test
  void a_missed_accept_is_counted_on_its_worker() {
    claim("a");

    passBeating(ACCEPT, worker, other);

    assertThat(worker.record().noShows()).isEqualTo(1);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    assertThat(other.record().noShows()).isZero();
  }

  @Test
  void a_lost_lease_is_no_no_show() {
    claim("a");

    pass(LEASE);

    assertThat(worker.record().noShows()).isZero();
  }

  @Test
  void three_in_a_row_quarantine_a_worker() {
    missOne(worker);
    missOne(worker);
    assertThat(worker.record().noShows()).isEqualTo(2);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    missOne(worker);

    Worker record = worker.record();
    assertThat(record.quarantinedUntilMs()).isEqualTo(clock.now() + QUARANTINE.toMillis());
    assertThat(record.noShows()).isZero();
  }

  enum Acceptance {
    REPORT,
    TOUCH,
    REFRESH,
    ACTIVITY,
    NACK,
    ACK,
    REATTACHMENT,
    TRANSFER,
    SNAKE_CASE_COUNT
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void an_acceptance_resets_the_count_of_no_shows(Acceptance acceptance) {
    Dialect dialect =
        acceptance == Acceptance.SNAKE_CASE_COUNT ? Dialect.SNAKE_CASE : Dialect.STANDARD;
    KitWorker worker = worker().speaking(dialect).register();
    other.register();
    claim(worker, work("missed"));
    passPolling(worker, ACCEPT);
    assertThat(worker.record().noShows()).isEqualTo(1);
    enqueue(work("a").priority(1));

    switch (acceptance) {
      case REPORT -> {
        worker.claim("a");
        worker.start("a");
      }
      case TOUCH -> {
        worker.claim("a");
        worker.touch("a");
      }
      case REFRESH -> {
        worker.claim("a");
        worker.refresh("a");
      }
      case ACTIVITY -> {
        worker.claim("a");
        worker.tell("a", "note", "here I am");
      }
      case NACK -> {
        worker.claim("a");
        worker.nack("a");
      }
      case ACK -> {
        worker.claim("a");
        worker.ack(send("a", MessageType.NUDGE, "are you there?"));
      }
      case REATTACHMENT -> worker.start("missed");
      case TRANSFER -> {
        other.claim("a");
        worker.takeOver("a", other);
      }
      case SNAKE_CASE_COUNT -> {
        worker.claim("a");
        worker.beat(1, null, null);
      }
    }

    assertThat(worker.record().noShows()).isZero();
  }

  /** Polls for nothing, which accepts nothing in any dialect. */
  private void passPolling(KitWorker worker, Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 30_000) {
      pass(Duration.ofMillis(Math.min(30_000, left)));
      worker.take(0);
    }
  }

  @Test
  void what_is_no_acceptance_leaves_the_count() {
    claim("a");
    passBeating(ACCEPT, worker);

    worker.beat(5, null, null);
    worker.claim("a");
    worker.claimByName("a");
    worker.register();

    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  @Test
  void the_count_of_a_snake_case_worker_without_claims_accepts_nothing() {
    KitWorker worker = snake();
    claim(worker, work("a"));
    passPolling(worker, ACCEPT);
    assertThat(worker.record().noShows()).isEqualTo(1);

    worker.beat(0, null, null);

    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  @Test
  void one_poll_answer_counts_once() {
    enqueue(works("a-", 4));
    assertThat(worker.take(4)).hasSize(4);

    passBeating(ACCEPT, worker);

    assertThat(worker.record().noShows()).isEqualTo(1);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
  }

  @Test
  void a_worker_that_accepted_something_of_the_same_answer_missed_nothing() {
    enqueue(works("a-", 3));
    assertThat(worker.take(3)).hasSize(3);
    worker.start("a-002");

    passBeating(ACCEPT, worker);

    assertThat(worker.record().noShows()).isZero();
  }

  @Test
  void a_worker_that_accepted_something_later_missed_nothing() {
    enqueue(works("lost-", 5));
    assertThat(worker.take(5)).hasSize(5);
    pass(MOMENT);
    claim("later");
    worker.start("later");
    worker.complete("later");

    passBeating(ACCEPT, worker);

    assertThat(worker.record().noShows()).isZero();
  }

  @Test
  void an_acceptance_of_something_earlier_excuses_nothing_that_came_later() {
    claim("earlier");
    pass(MOMENT);
    claim("later");
    worker.start("earlier");

    passBeating(ACCEPT, worker);

    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  @Test
  void what_was_handed_out_before_an_outage_counts_for_no_worker() {
    worker.register();
    for (int n = 0; n < RULES.tries().noShows(); n++) {
      claim(worker, work("a" + n));
      jump(MOMENT);
    }
    jump(Duration.ofMillis(RULES.outageGapMs()));

    passBeating(ACCEPT, worker);

    assertSession("a0").isReady();
    assertThat(worker.record().noShows()).isZero();
    assertThat(worker.record().quarantinedUntilMs()).isZero();
  }

  @Test
  void a_quarantine_in_a_row_lasts_twice_as_long_and_an_acceptance_ends_the_row() {
    KitWorker worker = quarantined();
    assertThat(nextQuarantine(worker)).isEqualTo(QUARANTINE.multipliedBy(2));
    assertThat(nextQuarantine(worker)).isEqualTo(QUARANTINE.multipliedBy(4));
    assertThat(nextQuarantine(worker)).isEqualTo(QUARANTINE.multipliedBy(8));
    assertThat(nextQuarantine(worker)).as("the longest").isEqualTo(Duration.ofHours(1));

    wait(worker);
    claim(worker, work("good"));
    worker.complete("good");

    assertThat(nextQuarantine(worker)).isEqualTo(QUARANTINE);
  }

  @Test
  void what_was_handed_out_before_a_quarantine_is_settled_by_it() {
    KitWorker worker = worker().capacity(10).register();
    for (int n = 0; n < 5; n++) {
      claim(worker, work("a" + n));
      pass(MOMENT);
    }

    passBeating(ACCEPT, worker);

    assertThat(worker.record().quarantinedUntilMs()).isPositive();
    assertThat(worker.record().noShows()).isZero();
  }

  /** Misses until the next quarantine; returns its length. */
  private Duration nextQuarantine(KitWorker worker) {
    wait(worker);
    for (int n = 0; n < RULES.tries().noShows(); n++) {
      missOne(worker);
    }
    return Duration.ofMillis(worker.record().quarantinedUntilMs() - clock.now());
  }

  private void wait(KitWorker worker) {
    long left = worker.record().quarantinedUntilMs() - clock.now();
    if (left > 0) {
      passBeating(Duration.ofMillis(left), worker);
    }
  }

  @Test
  void a_quarantined_worker_gets_messages_only_until_the_hour_is_over() {
    KitWorker worker = quarantined();
    enqueue(work("z").priority(9));

    PollResult result = worker.poll(5);
    assertThat(result.work()).isEmpty();
    assertThat(worker.claimByName("z").denial()).isEqualTo(ClaimDenial.UNAVAILABLE);
    jump(QUARANTINE.minus(MOMENT));
    assertThat(worker.take(5)).isEmpty();
    jump(MOMENT);
    assertThat(worker.take(5)).isNotEmpty();
    assertThat(worker.record().quarantinedUntilMs()).as("in the past").isEqualTo(clock.now());
  }

  @Test
  void a_quarantined_worker_keeps_what_it_holds() {
    enqueue(work("kept").priority(1));
    worker.claim("kept");
    worker.start("kept");
    missOne(worker);
    missOne(worker);
    claim(worker, work("lost").priority(1));
    passBeating(ACCEPT, worker);
    assertThat(worker.record().quarantinedUntilMs()).isPositive();
    send("kept", MessageType.NUDGE, "are you there?");

    assertThat(worker.readPayloads()).containsExactly("are you there?");
    assertSession("kept").isRunningOn(worker);
    assertThat(worker.start("lost").reattached()).as("a lost claim comes back").isTrue();
    worker.complete("kept");
    assertThat(worker.record().quarantinedUntilMs()).as("an acceptance lifts none").isPositive();
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void undraining_lifts_a_quarantine_and_forgets_the_no_shows() {
    KitWorker worker = quarantined();

    Worker record = worker.undrain();

    assertThat(record).isEqualTo(worker.record());
    assertThat(record.quarantinedUntilMs()).isZero();
    assertThat(record.noShows()).isZero();
    claim(worker, work("z"));
  }

  @Test
  void undraining_forgets_no_shows_short_of_a_quarantine_too() {
    claim("a");
    passBeating(ACCEPT, worker);

    assertThat(worker.undrain().noShows()).isZero();
  }

  @Test
  void a_drain_and_a_quarantine_end_with_the_worker() {
    KitWorker worker = quarantined();
    worker.drain();
    worker.deregister();

    worker.register();

    assertThat(worker.record().drained()).isFalse();
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    claim(worker, work("z"));
  }

  private KitWorker quarantined() {
    worker.register();
    for (int n = 0; n < RULES.tries().noShows(); n++) {
      missOne(worker);
    }
    assertThat(worker.record().quarantinedUntilMs()).isEqualTo(clock.now() + QUARANTINE.toMillis());
    return worker;
  }

  private void missOne(KitWorker worker) {
    pass(MOMENT);
    String id = "missed-" + clock.now();
    claim(worker, work(id).priority(2));
    passBeating(ACCEPT, worker);
    stop(id);
  }
}
