package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ClaimByNameCases extends Fixture {

  @Test
  void waiting_work_is_claimed_as_by_a_poll() {
    worker.register();
    enqueue(work("a"));
    jump(MOMENT);

    ClaimResult result = worker.claimByName("a");

    assertThat(result).isEqualTo(new ClaimResult(session("a"), null));
    assertSession("a").isClaimedBy(worker);
    Session claimed = session("a");
    assertThat(claimed.token()).isPositive();
    assertThat(claimed.acceptByMs()).isEqualTo(clock.now() + ACCEPT.toMillis());
    assertThat(claimed.claimedAtMs()).isEqualTo(clock.now());
    assertThat(claimed.updatedAtMs()).isEqualTo(clock.now());
    assertThat(claimed.lastSignMs()).isEqualTo(clock.now());
    assertThat(worker.activeSessions()).containsExactly("a");
    assertThat(counts().ready()).isZero();
    assertThat(counts().claimed()).isEqualTo(1);
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void it_need_not_be_the_best() {
    enqueue(work("a").priority(1), work("b").priority(2), work("c").priority(3));

    assertThat(worker.claimByName("b").denial()).isNull();

    assertThat(worker.take(5)).containsExactly("a", "c");
    assertThat(worker.activeSessions()).containsExactly("a", "b", "c");
  }

  @Test
  void what_another_worker_nacked_may_be_claimed() {
    claim(other, work("a"));
    other.nack("a");

    assertThat(worker.claimByName("a").denial()).isNull();

    assertSession("a").isClaimedBy(worker).hasNacks(1);
    assertThat(session("a").nackedBy()).isNull();
    assertThat(session("a").returnUntilMs()).isZero();
  }

  @Test
  void what_is_its_own_is_answered_and_stays_as_it_is() {
    enqueue(work("a"));
    worker.claimByName("a");
    Session claimed = session("a");
    jump(MOMENT);

    assertThat(worker.claimByName("a")).isEqualTo(new ClaimResult(claimed, null));

    assertThat(session("a")).isEqualTo(claimed);
    assertThat(claimed.acceptByMs()).as("not accepted").isPositive();
    assertThat(worker.record().lastSeenMs()).as("a sign of life").isEqualTo(clock.now());
    worker.start("a");
    Session running = session("a");
    jump(MOMENT);
    assertThat(worker.claimByName("a")).isEqualTo(new ClaimResult(running, null));
  }

  @Test
  void a_claim_by_name_must_be_accepted_like_any_other() {
    sweepOnce();
    enqueue(work("a"));
    worker.claimByName("a");
    worker.claimByName("a");

    passBeating(ACCEPT, worker);

    assertSession("a").isReady().hasAttempts(1);
    assertThat(worker.record().noShows()).isEqualTo(1);
  }

  // Who may call

  @Test
  void an_unknown_session_or_worker_is_refused_the_session_first() {
    worker.register();
    KitWorker unknown = worker();
    enqueue(work("a"), work("broken"));
    damage("broken");

    refused(Refusal.UNKNOWN_SESSION, () -> worker.claimByName("nowhere"));
    refused(Refusal.UNKNOWN_SESSION, () -> unknown.claimByName("nowhere"));
    refused(Refusal.DAMAGED, () -> worker.claimByName("broken"));
    refused(Refusal.DAMAGED, () -> unknown.claimByName("broken"));
    refused(Refusal.UNKNOWN_WORKER, () -> unknown.claimByName("a"));
  }

  @Test
  void a_worker_of_another_credential_is_unknown() {
    KitWorker worker = worker().registeredBy("key-1").register();
    enqueue(work("a"));

    refused(Refusal.UNKNOWN_WORKER, () -> worker.by("key-2").claimByName("a"));
    assertThat(worker.by("key-1").claimByName("a").denial()).isNull();
  }

  @Test
  void of_many_workers_at_once_one_claims_it() {
    List<KitWorker> callers = fleet(16);
    enqueue(work("a"));

    List<Boolean> got =
        Together.all(
            callers.size(),
            caller ->
                caller % 2 == 0
                    ? callers.get(caller).claimByName("a").denial() == null
                    : callers.get(caller).take(1).contains("a"));

    assertThat(got).filteredOn(won -> won).hasSize(1);
    assertSession("a").isClaimedBy(callers.get(got.indexOf(true)));
    assertThat(counts().claimed()).isEqualTo(1);
  }
}
