package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Sweep, by org" 6: silent workers that are forgotten. */
abstract class WorkerRetentionCases extends Fixture {

  private static final Duration WORKER = Duration.ofMillis(RULES.kept().silentWorkerMs());

  @Test
  void a_silent_worker_without_claims_is_forgotten_after_its_time() {
    worker.register();
    jump(WORKER.minus(LEASE));
    pass(LEASE.minus(MOMENT));
    assertThat(worker.record().silent()).isFalse();

    jump(MOMENT);
    assertThat(sweepStep().pruned()).isEqualTo(1);

    refused(Refusal.UNKNOWN_WORKER, worker::record);
    refused(Refusal.UNKNOWN_WORKER, worker::beat);
    assertThat(allWorkers()).isEmpty();
  }

  @Test
  void its_time_counts_from_its_last_sign() {
    worker.register();
    pass(LEASE);
    worker.beat();
    pass(LEASE);
    assertThat(worker.record().silent()).isTrue();
    sweepAfter(WORKER.minus(LEASE).minus(MOMENT));
    assertThat(worker.record().silent()).isTrue();

    sweepAfter(MOMENT);

    refused(Refusal.UNKNOWN_WORKER, worker::record);
  }

  @Test
  void an_outage_forgets_nobody_who_speaks_afterwards() {
    worker.register();
    sweepAfter(WORKER.multipliedBy(2));
    pass(LEASE.minus(MOMENT));

    worker.beat();

    pass(MOMENT);
    assertThat(worker.record().silent()).isFalse();
  }

  @Test
  void one_that_registers_again_is_a_new_one() {
    KitWorker worker = worker().capacity(3).register();
    worker.drain();
    pass(LEASE);
    sweepAfter(WORKER);

    worker.capacity(7).register();

    assertThat(worker.record().registeredAtMs()).isEqualTo(clock.now());
    assertThat(worker.record().registration().capacity()).isEqualTo(7);
    assertThat(worker.record().drained()).isFalse();
  }

  @Test
  void a_silent_worker_is_kept_while_a_damaged_session_is_its_own() {
    claim("broken");
    damage("broken");
    pass(LEASE);
    sweepAfter(WORKER);

    assertThat(worker.record().activeSessions()).containsExactly("broken");
  }
}
