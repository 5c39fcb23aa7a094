package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Nack": work that its worker denies for good. */
abstract class DenialCases extends Fixture {

  @Test
  void a_session_that_one_worker_denies_waits_for_another() {
    worker.register();
    claim("a");

    assertThat(worker.deny("a", "no harness may fall back")).isTrue();

    long until = clock.now() + Rules.LONGEST_NACK_BACKOFF_MS;
    assertThat(session("a").nackers()).containsExactly(new Nacker(worker.id(), 1, until, true));
    assertThat(worker.take(5)).isEmpty();
    jump(Duration.ofMillis(Rules.LONGEST_NACK_BACKOFF_MS));
    worker.claim("a");
    worker.deny("a", null);
    assertThat(session("a").place()).as("by the same one").isEqualTo(Place.RETURNED);

    other.register();
    other.claim("a");
    other.nack("a");
    assertThat(session("a").place()).as("for now").isEqualTo(Place.RETURNED);
    KitWorker third = worker().register();
    third.claim("a");
    third.deny("a", null);
    assertSession("a").isDead(DeadReason.DENIED).hasNacks(4);
  }

  @Test
  void a_session_that_was_lost_twice_dies_by_the_first_denial() {
    worker.register();
    enqueue(work("a"));
    for (int n = 0; n < 2; n++) {
      worker.claim("a");
      pass(ACCEPT);
    }
    assertSession("a").isReady().hasAttempts(2);
    worker.claim("a");

    worker.deny("a", null);

    assertSession("a").isDead(DeadReason.DENIED).hasNacks(1);
  }

  @Test
  void denials_quarantine_a_worker_whatever_it_accepts() {
    worker.register();
    enqueue(works("a-", 14));
    for (int denied = 1; denied <= 9; denied++) {
      worker.deny(next(), null);
      if (denied % 3 == 0) {
        String ran = next();
        worker.start(ran);
        worker.complete(ran);
      }
    }
    assertThat(worker.record().quarantinedUntilMs()).isZero();

    worker.deny(next(), null);

    assertThat(worker.record().quarantinedUntilMs()).isPositive();
    assertThat(worker.record().nacks()).isEqualTo(Rules.NACKS_IN_ROW);
    worker.undrain();
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    worker.start(next());
    assertThat(worker.record().nacks()).isZero();
  }

  private String next() {
    return worker.take(1).get(0);
  }

  @Test
  void a_denied_session_dies_with_its_reason() {
    other.register();
    worker.register();
    enqueue(work("a"));
    other.claim("a");
    other.deny("a", null);
    worker.claim("a");

    assertThat(worker.deny("a", "no harness may fall back")).isTrue();

    assertSession("a").isDead(DeadReason.DENIED).hasNacks(2).hasAttempts(0);
    assertThat(session("a").fields())
        .containsOnly(Map.entry("error", "\"no harness may fall back\""));
    assertThat(timeline("a").stream().map(Event::detail))
        .containsSequence("no harness may fall back", "denied");
    assertThat(worker.record().nacks()).as("in a row").isEqualTo(1);
    assertThat(worker.activeSessions()).isEmpty();
    assertCounts(0, 0, 0, 0, 0, 1);
    assertThat(requeue("a").nackers()).isEmpty();
    assertSession("a").isReady().hasNacks(0);
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void only_the_owner_denies_and_only_what_does_not_run() {
    other.register();
    claim("a");
    refusedAsOwnedBy(worker, () -> other.deny("a", null));
    worker.start("a");

    refused(Refusal.WRONG_STATE, () -> worker.deny("a", null));
  }
}
