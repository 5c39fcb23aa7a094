package dev.sluice.backend.tck.workers;

import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Register, heartbeat, sign of life": projects and slots of a worker. */
abstract class AdmissionCases extends Fixture {

  private KitWorker none() {
    return worker().taking(Projects.NONE);
  }

  @Test
  void a_worker_without_projects_gets_no_work_at_all() {
    KitWorker none = none().can(BatchLane.CAPABILITY).register();
    enqueue(work("named").project("web"), work("any"));
    batch().add(org, List.of(new NewBatchJob("job", "1", "{}")));

    PollResult polled = none.poll(5);

    assertThat(polled.work()).isEmpty();
    assertThat(polled.freeSlots()).isZero();
    assertThat(none.pollJobs()).isEmpty();
    assertThat(none.claimByName("any").denial()).isEqualTo(ClaimDenial.PROJECT);
    assertThat(Availability.of(none.record(), clock.now())).isEqualTo(Availability.DRAINING);
    assertThat(none.record().registration().projects()).isEqualTo(Projects.NONE);
    assertThat(worker().register().take(5)).containsExactly("any", "named");
  }

  @Test
  void an_operator_can_not_undrain_it() {
    KitWorker none = none().register();
    enqueue(work("any"));

    none.drain();
    none.undrain();
    none.beat(0, null, false);

    assertThat(none.take(5)).isEmpty();
  }

  @Test
  void a_heartbeat_changes_what_a_worker_takes() {
    KitWorker worker = worker().projects("web").register();
    enqueue(work("app").project("app"), work("web").project("web"));

    worker.admit(Projects.of(List.of("app")));

    assertThat(worker.record().registration().projects().names()).containsExactly("app");
    assertThat(worker.poll(0).takes().names()).containsExactly("app", "default");
    assertThat(worker.take(5)).containsExactly("app");
    worker.beat();
    assertThat(worker.record().registration().projects().names()).containsExactly("app");
    worker.admit(Projects.ALL);
    assertThat(worker.record().registration().projects()).isEqualTo(Projects.ALL);
    assertThat(worker.take(5)).containsExactly("web");
    assertThat(allWorkers()).containsExactly(worker.record());
  }

  @Test
  void a_heartbeat_may_take_all_projects_away_and_give_them_back() {
    KitWorker worker = worker().register();
    enqueue(work("a"), work("b"));
    worker.claim("a");

    worker.admit(Projects.NONE);

    assertThat(worker.take(5)).isEmpty();
    assertThat(worker.activeSessions()).as("its claims stay").containsExactly("a");
    worker.start("a");
    worker.admit(Projects.of(List.of("web")));
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void the_bytes_of_projects_are_counted_as_at_a_registration() {
    KitWorker worker = worker().projects("web").register();
    long before = stored();

    worker.admit(Projects.of(List.of("web", "application")));
    assertThat(stored()).isEqualTo(before + 12);
    worker.admit(Projects.of(List.of("web")));
    assertThat(stored()).isEqualTo(before);
    worker.admit(Projects.of(List.of("a", "b")));
    worker.deregister();
    assertThat(stored()).isZero();
  }

  private long stored() {
    return queue().storedBytes(org);
  }

  @Test
  void quarantined_sessions_take_slots() {
    KitWorker worker = worker().capacity(3).register();
    enqueue(works("a-", 5));

    worker.quarantine(2);

    assertThat(worker.record().quarantined()).isEqualTo(2);
    assertThat(worker.record().registration().capacity()).isEqualTo(3);
    assertThat(worker.record().freeSlots()).isEqualTo(1);
    assertThat(allWorkers()).containsExactly(worker.record());
    assertThat(worker.take(5)).containsExactly("a-001");
    assertThat(worker.poll(5).freeSlots()).isZero();
    assertThat(worker.claimByName("a-002").denial()).isEqualTo(ClaimDenial.FULL);
    worker.beat();
    assertThat(worker.take(5)).as("no word keeps the number").isEmpty();

    worker.quarantine(0);

    assertThat(worker.record().quarantined()).isZero();
    assertThat(worker.take(5)).containsExactly("a-002", "a-003");
  }

  @Test
  void more_quarantined_sessions_than_slots_take_all() {
    KitWorker worker = worker().capacity(2).register();
    enqueue(works("a-", 3));

    worker.quarantine(7);
    assertThat(worker.take(5)).isEmpty();
    assertThat(worker.record().freeSlots()).isZero();
    worker.beat(new Heartbeat(0, 8, null, null, null, null, false));
    assertThat(worker.record().registration().capacity()).isEqualTo(8);
    assertThat(worker.record().quarantined()).isEqualTo(7);
    assertThat(worker.take(5)).containsExactly("a-001");
    worker.beat(new Heartbeat(1, 1, null, null, 1, null, false));
    assertThat(worker.record().freeSlots()).isEqualTo(-1);
    worker.beat(new Heartbeat(1, null, null, null, 0, null, false));
    assertThat(worker.record().registration().capacity()).isEqualTo(1);
  }
}
