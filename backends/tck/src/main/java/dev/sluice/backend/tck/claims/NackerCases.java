package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Rules;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workers that nacked a session: docs/rules.md, "Nack". */
abstract class NackerCases extends Fixture {

  private static final Duration LONGEST = Duration.ofMillis(Rules.LONGEST_NACK_BACKOFF_MS);

  @Test
  void a_nack_of_another_worker_does_not_free_the_first() {
    nacked(worker, "a");
    jump(BACK_OFF.dividedBy(2));
    again(other, "a");

    assertThat(worker.take(5)).isEmpty();
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.NACKED);
    assertThat(other.take(5)).isEmpty();
    assertThat(worker.record().returns()).isEqualTo(1);
    assertThat(other.record().returns()).isEqualTo(1);
    assertThat(session("a").nackers())
        .containsExactly(
            new Nacker(worker.id(), 1, clock.now() + BACK_OFF.toMillis() / 2),
            new Nacker(other.id(), 1, clock.now() + BACK_OFF.toMillis()));
    assertThat(session("a").nackedBy()).isEqualTo(other.id());
    assertThat(session("a").returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis() / 2);
    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void each_back_off_ends_at_its_time() {
    nacked(worker, "a");
    jump(BACK_OFF.dividedBy(2));
    again(other, "a");

    sweepAfter(BACK_OFF.dividedBy(2));

    assertSession("a").isReturned();
    assertThat(worker.record().returns()).isZero();
    assertThat(session("a").returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis() / 2);
    assertThat(other.claimByName("a").denial()).isEqualTo(ClaimDenial.NACKED);
    worker.giveBack(worker.claim("a"));
    assertSession("a").isReturned();

    sweepAfter(BACK_OFF.dividedBy(2));

    assertSession("a").isReady();
    assertThat(session("a").returnUntilMs()).isZero();
    assertThat(other.record().returns()).isZero();
    assertThat(other.take(5)).containsExactly("a");
  }

  @Test
  void a_back_off_doubles_with_each_nack_of_that_worker() {
    enqueue(work("a"));
    Duration expected = BACK_OFF;
    while (expected.compareTo(LONGEST) < 0) {
      assertBackOff(worker, expected);
      expected = expected.multipliedBy(2);
    }
    assertBackOff(worker, LONGEST);
    assertBackOff(worker, LONGEST);

    assertBackOff(other, BACK_OFF);
    enqueue(work("b").priority(1));
    again(worker, "b");
    assertThat(session("b").returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis());
    assertSession("a").hasNacks(9);
    assertThat(session("a").nackers()).extracting(Nacker::nacks).containsExactly(8, 1);
  }

  /** Nacks once, and lets the back-off pass. */
  private void assertBackOff(KitWorker worker, Duration backOff) {
    again(worker, "a");
    jump(backOff.minus(MOMENT));
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.NACKED);
    sweep();
    jump(MOMENT);
    sweep();
    assertSession("a").isReady();
    // It accepts something else, so that it isn't held back.
    String id = "accepted-" + clock.now();
    enqueue(work(id).priority(1));
    worker.claim(id);
    worker.start(id);
    worker.complete(id);
  }

  @Test
  void a_back_off_lasts_through_the_claims_of_others() {
    nacked(worker, "a");
    other.claim("a");
    assertThat(session("a").nackedBy()).isNull();
    assertThat(session("a").returnUntilMs()).isZero();
    assertThat(worker.record().returns()).isZero();
    other.giveBack(claimOf(other, "a"));

    assertSession("a").isReturned();
    assertThat(worker.take(5)).isEmpty();
    assertThat(worker.record().returns()).isEqualTo(1);
    assertThat(other.take(5)).containsExactly("a");
  }

  @Test
  void one_that_ended_during_a_claim_is_over_when_it_returns() {
    nacked(worker, "a");
    other.claim("a");
    jump(BACK_OFF);
    other.giveBack(claimOf(other, "a"));

    assertSession("a").isReady();
    assertThat(session("a").nackers()).containsExactly(new Nacker(worker.id(), 1, 0));
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_lost_claim_is_still_kept_from_who_nacked_it_and_may_be_reattached() {
    nacked(worker, "a");
    for (int nacks = 1; nacks <= 3; nacks++) {
      sweepAfter(BACK_OFF.multipliedBy(1L << (nacks - 1)));
      again(worker, "a");
    }
    sweepOnce();
    other.claim("a");
    passBeating(LEASE, worker);

    assertSession("a").isReturned();
    assertThat(worker.take(5)).as("its back-off is longer than a lease by now").isEmpty();
    assertThat(other.start("a").reattached()).isTrue();
    assertSession("a").isRunningOn(other);
    assertThat(worker.record().returns()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"RUNNING", "FINALIZING"})
  void once_it_runs_its_nackers_are_forgotten(String state) {
    nacked(worker, "a");
    other.claim("a");
    other.touch("a");
    assertThat(session("a").nackers()).as("it may be nacked yet").hasSize(1);
    other.report("a", SessionState.valueOf(state));
    assertThat(session("a").nackers()).isEmpty();
    requeue("a");

    assertSession("a").isReady().hasNacks(1);
    assertThat(worker.take(5)).containsExactly("a");
    worker.nack("a");
    assertThat(session("a").returnUntilMs()).isEqualTo(clock.now() + BACK_OFF.toMillis());
  }

  @Test
  void one_worker_alone_kills_nothing() {
    openWith(rules().maxNacks(2));
    enqueue(work("a"));
    for (int nacks = 1; nacks <= 5; nacks++) {
      again(worker, "a");
      assertSession("a").isReturned().hasNacks(nacks);
      sweepAfter(LONGEST);
    }

    again(other, "a");

    assertSession("a").isDead(DeadReason.MAX_NACKS).hasNacks(6);
    assertThat(session("a").nackers())
        .as("shown, and over")
        .containsExactly(new Nacker(worker.id(), 5, 0), new Nacker(other.id(), 1, 0));
    assertThat(session("a").returnUntilMs()).isZero();
    assertThat(worker.record().returns()).isZero();
  }

  @Test
  void a_requeue_of_what_is_over_forgets_its_nackers() {
    openWith(rules().maxNacks(2));
    nacked(worker, "a");
    again(other, "a");
    assertSession("a").isDead(DeadReason.MAX_NACKS);

    assertThat(requeue("a").nackers()).isEmpty();

    assertSession("a").isReady().hasNacks(0);
    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_requeue_of_a_claimed_one_keeps_them() {
    nacked(worker, "a");
    other.claim("a");

    requeue("a");

    assertSession("a").isReturned();
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void what_is_stopped_or_ends_has_none() {
    nacked(worker, "a");
    stop("a");
    nacked(worker, "b");
    other.claim("b");
    other.complete("b");

    assertThat(session("a").nackers()).isEmpty();
    assertThat(session("b").nackers()).isEmpty();
    assertThat(worker.record().returns()).isZero();
  }

  @Test
  void each_worker_it_is_kept_from_is_told_of() {
    worker().register();
    nacked(worker, "a");
    sweepAfter(BACK_OFF);
    again(worker, "a");
    again(other, "a");

    assertThat(WhyItWaits.reasons(standing("a"), allWorkers(), clock.now()))
        .extracting(WaitReason::kind)
        .containsExactly(WaitReason.Kind.NACKED, WaitReason.Kind.NACKED);
    assertThat(WhyItWaits.reasons(standing("a"), allWorkers(), clock.now()).get(0).words())
        .startsWith("worker " + worker.id() + " nacked it 2 times and isn't offered it before ");
  }

  private void nacked(KitWorker worker, String id) {
    enqueue(work(id));
    again(worker, id);
  }

  private static void again(KitWorker worker, String id) {
    worker.claim(id);
    assertThat(worker.nack(id)).isTrue();
  }

  private ClaimedWork claimOf(KitWorker worker, String id) {
    return new ClaimedWork(id, session(id).token(), 0, "default", 0, "{}");
  }
}
