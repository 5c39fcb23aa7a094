package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Nack": of a claim that was nacked before. */
abstract class NackRepeatCases extends Fixture {

  @Test
  void a_repeated_nack_answers_that_it_was_done() {
    claim("a");
    worker.nack("a");
    Session returned = session("a");

    assertThat(worker.nack("a")).isFalse();
    assertThat(session("a")).isEqualTo(returned);
    pass(BACK_OFF);
    assertThat(worker.nack("a")).as("while it still waits").isFalse();
    assertSession("a").isReady().hasNacks(1);
  }

  @Test
  void a_nack_is_forgotten_with_the_next_claim() {
    claim("a");
    worker.nack("a");
    worker().register().claim("a");
    passBeating(LEASE, worker);
    assertSession("a").isReady();

    refusedAsOwnedBy(null, () -> worker.nack("a"));
  }

  @Test
  void a_nack_is_repeated_by_a_caller_that_may_act_for_the_worker_only() {
    KitWorker worker = worker().registeredBy("key-1").register();
    claim(worker, work("a"));
    worker.nack("a");

    refused(Refusal.NOT_OWNER, () -> worker.by("key-2").nack("a"));
    assertThat(worker.by("key-1").nack("a")).isFalse();
  }

  @Test
  void a_repeated_nack_at_once_counts_once() {
    claim("a");

    List<Boolean> answers = Together.all(16, caller -> worker.nack("a"));

    assertThat(answers).filteredOn(answer -> answer).hasSize(1);
    assertSession("a").isReturned().hasNacks(1);
    assertThat(counts().returned()).isEqualTo(1);
  }

  @Test
  void a_nack_after_another_worker_claimed_it_is_refused() {
    claim("a");
    worker.nack("a");
    other.claim("a");

    refusedAsOwnedBy(other, () -> worker.nack("a"));
  }

  @Test
  void each_claim_may_be_nacked_and_is_counted() {
    claim("a");
    worker.nack("a");
    other.claim("a");
    other.nack("a");

    assertSession("a").isReturned().hasNacks(2).hasAttempts(0);
    assertThat(other.take(5)).isEmpty();
    assertThat(worker.take(5)).as("only the latest nack keeps it away").containsExactly("a");
  }
}
