package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that only nacks: docs/rules.md, "Nacks in a row". */
abstract class NackingWorkerCases extends Fixture {

  private static final int IN_ROW = Rules.NACKS_IN_ROW;
  private static final Duration QUARANTINE = Duration.ofMillis(RULES.tries().quarantineMs());

  private int items;

  @BeforeEach
  void begin() {
    sweepOnce();
    worker.register();
  }

  @Test
  void ten_nacks_in_a_row_quarantine_a_worker() {
    nack(IN_ROW - 1);
    assertThat(worker.record().nacks()).isEqualTo(IN_ROW - 1);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    assertThat(worker.record().quarantineReason(clock.now())).isNull();

    nack(1);

    Worker record = worker.record();
    assertThat(record.quarantinedUntilMs()).isEqualTo(clock.now() + QUARANTINE.toMillis());
    assertThat(record.quarantineReason(clock.now())).isEqualTo("nacked 10 items in a row");
    assertThat(Availability.of(record, clock.now())).isEqualTo(Availability.QUARANTINED);
    enqueue(work("z"));
    assertThat(worker.take(5)).isEmpty();
    assertThat(other.take(1)).hasSize(1);
    enqueue(work("y"));
    jump(QUARANTINE);
    assertThat(worker.take(5)).containsExactly("y");
    assertThat(worker.record().quarantineReason(clock.now())).isNull();
  }

  @Test
  void nacks_during_a_quarantine_do_not_count() {
    enqueue(works("kept-", 5));
    assertThat(worker.take(5)).hasSize(5);
    nack(IN_ROW);
    long until = worker.record().quarantinedUntilMs();

    each(works("kept-", 5), worker::nack);

    assertThat(worker.record().quarantinedUntilMs()).isEqualTo(until);
    assertThat(worker.record().nacks()).isEqualTo(IN_ROW);
  }

  @Test
  void an_acceptance_begins_a_new_row() {
    nack(IN_ROW - 1);
    accept();
    assertThat(worker.record().nacks()).isZero();

    nack(IN_ROW - 1);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    nack(1);

    assertThat(worker.record().quarantinedUntilMs()).isPositive();
  }

  @Test
  void a_quarantine_in_a_row_lasts_twice_as_long_until_an_acceptance() {
    assertThat(nextQuarantine()).isEqualTo(QUARANTINE);
    assertThat(nextQuarantine()).isEqualTo(QUARANTINE.multipliedBy(2));
    assertThat(nextQuarantine()).isEqualTo(QUARANTINE.multipliedBy(4));
    jump(QUARANTINE.multipliedBy(4));
    accept();

    assertThat(nextQuarantine()).isEqualTo(QUARANTINE);
  }

  @Test
  void an_acceptance_lifts_none_and_its_reason_stays() {
    enqueue(work("kept"));
    worker.claim("kept");
    nack(IN_ROW);

    worker.start("kept");

    assertThat(worker.record().quarantineReason(clock.now())).startsWith("nacked ");
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void undraining_lifts_it_and_forgets_the_nacks() {
    nack(IN_ROW);
    assertThat(worker.undrain().quarantinedUntilMs()).isZero();
    assertThat(worker.record().nacks()).isZero();
    nack(IN_ROW - 1);
    assertThat(worker.undrain().nacks()).isZero();

    nack(IN_ROW - 1);
    assertThat(worker.record().quarantinedUntilMs()).isZero();
  }

  @Test
  void a_nack_ends_a_row_of_no_shows() {
    claim(worker, work("missed"));
    passBeating(ACCEPT, worker);
    assertThat(worker.record().noShows()).isEqualTo(1);
    stop("missed");

    nack(1);

    assertThat(worker.record().noShows()).isZero();
    assertThat(worker.record().nacks()).isEqualTo(1);
  }

  @Test
  void a_quarantine_for_no_shows_says_so() {
    for (int n = 0; n < RULES.tries().noShows(); n++) {
      claim(worker, work("missed-" + n).priority(1));
      passBeating(ACCEPT, worker);
      stop("missed-" + n);
    }

    assertThat(worker.record().quarantineReason(clock.now())).startsWith("accepted nothing ");
  }

  @Test
  void a_repeated_nack_counts_once() {
    claim("a");
    worker.nack("a");

    assertThat(worker.nack("a")).isFalse();

    assertThat(worker.record().nacks()).isEqualTo(1);
  }

  private Duration nextQuarantine() {
    long left = worker.record().quarantinedUntilMs() - clock.now();
    if (left > 0) {
      jump(Duration.ofMillis(left));
    }
    nack(IN_ROW);
    return Duration.ofMillis(worker.record().quarantinedUntilMs() - clock.now());
  }

  private void nack(int count) {
    for (int n = 0; n < count; n++) {
      String id = "nacked-" + ++items;
      claim(worker, work(id).priority(1));
      worker.nack(id);
      stop(id);
    }
  }

  private void accept() {
    String id = "accepted-" + ++items;
    claim(worker, work(id).priority(1));
    worker.start(id);
    worker.complete(id);
  }
}
