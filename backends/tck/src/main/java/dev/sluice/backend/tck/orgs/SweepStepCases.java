package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Sweep, by org". */
abstract class SweepStepCases extends Fixture {

  private static final int STEP = RULES.dueStep();

  @Test
  void a_step_that_finds_nothing_due_changes_nothing() {
    enqueue(work("a"));
    long before = seq();

    assertThat(step()).isEqualTo(SweepResult.NOTHING);
    jump(Duration.ofHours(1));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);

    assertThat(seq()).isEqualTo(before);
  }

  @Test
  void the_shipped_step_is_64() {
    assertThat(STEP).isEqualTo(64);
  }

  @Test
  void due_entries_are_handled_the_earliest_first_as_many_as_a_step_may() {
    long now = clock.now();
    for (int n = 1; n <= STEP + 6; n++) {
      enqueue(work(id(n)).notBefore(now + STEP + 6 - n + 1));
    }
    jump(Duration.ofMillis(STEP + 6));

    SweepResult first = step();
    assertThat(first).isEqualTo(new SweepResult(0, 0, 0, STEP, 0, true));
    assertThat(counts().ready()).isEqualTo(STEP);
    for (int n = 1; n <= 6; n++) {
      assertThat(session(id(n)).place()).as(id(n)).isEqualTo(Place.LATER);
    }

    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 6, 0, false));
    assertThat(counts().ready()).isEqualTo(STEP + 6);
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void leases_are_lost_by_worker_as_many_as_a_step_may() {
    List<KitWorker> workers = claimOneEach(STEP + 6);
    sweep();
    pass(LEASE.minus(MOMENT));
    jump(MOMENT);

    SweepResult first = step();

    assertThat(first).isEqualTo(new SweepResult(STEP, 0, 0, 0, 0, true));
    assertThat(workers.stream().filter(worker -> worker.record().silent())).hasSize(STEP);
    assertThat(step()).isEqualTo(new SweepResult(6, 0, 0, 0, 0, false));
    assertThat(counts().ready()).isEqualTo(STEP + 6);
  }

  @Test
  void all_claims_of_a_worker_are_lost_in_one_step() {
    KitWorker worker = worker().capacity(STEP + 6).register();
    enqueue(works("a-", STEP + 6));
    takeAll(worker, STEP + 6);
    sweep();
    pass(LEASE.minus(MOMENT));
    jump(MOMENT);

    assertThat(step()).isEqualTo(new SweepResult(STEP + 6, 0, 0, 0, 0, false));
  }

  @Test
  void the_earliest_lease_is_lost_first() {
    openWith(rules().dueStep(2));
    List<KitWorker> workers = new ArrayList<>();
    for (String id : List.of("c", "b", "a", "d")) {
      workers.add(worker().named(id).register());
      jump(id.equals("b") ? Duration.ZERO : MOMENT);
    }
    sweep();
    pass(LEASE.minus(Duration.ofSeconds(1)));
    jump(Duration.ofSeconds(1));

    assertThat(step().more()).isTrue();

    assertThat(workers.stream().filter(worker -> worker.record().silent()).map(KitWorker::id))
        .as("c is the oldest, b and a are of one time")
        .containsExactly("c", "a");
    step();
    assertThat(workers).allSatisfy(worker -> assertThat(worker.record().silent()).isTrue());
  }

  @Test
  void accepts_are_missed_as_many_as_a_step_may() {
    KitWorker worker = worker().capacity(STEP + 6).register();
    enqueue(works("a-", STEP + 6));
    takeAll(worker, STEP + 6);
    passBeating(ACCEPT.minus(MOMENT), worker);
    jump(MOMENT);

    assertThat(step()).isEqualTo(new SweepResult(0, STEP, 0, 0, 0, true));
    assertThat(counts().claimed()).isEqualTo(6);
    assertThat(step()).isEqualTo(new SweepResult(0, 6, 0, 0, 0, false));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void graces_end_as_many_as_a_step_may() {
    KitWorker worker = worker().capacity(STEP + 6).register();
    enqueue(works("a-", STEP + 6));
    takeAll(worker, STEP + 6);
    passBeating(LEASE, worker);
    each(works("a-", STEP + 6), this::stop);
    passBeating(GRACE.minus(MOMENT), worker);
    jump(MOMENT);

    assertThat(step()).isEqualTo(new SweepResult(0, 0, STEP, 0, 0, true));
    assertThat(counts().claimed()).isEqualTo(6);
    assertThat(step()).isEqualTo(new SweepResult(0, 0, 6, 0, 0, false));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void exactly_as_many_as_a_step_may_leave_more_to_be_asked_for() {
    openWith(rules().dueStep(3));
    for (int n = 1; n <= 3; n++) {
      enqueue(work(id(n)).notBefore(clock.now() + 1));
    }
    jump(MOMENT);

    assertThat(step()).isEqualTo(new SweepResult(0, 0, 0, 3, 0, true));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void each_kind_has_a_step_of_its_own() {
    openWith(rules().dueStep(2));
    KitWorker speaking = worker().capacity(20).register();
    enqueue(works("a-", 6));
    takeAll(speaking, 6); // of which three are stopped, and three never accepted
    passBeating(ACCEPT.minus(GRACE), speaking);
    for (int n = 1; n <= 3; n++) {
      speaking.touch(id(n));
      stop(id(n));
    }
    long due = clock.now() + GRACE.toMillis();
    passBeating(GRACE.minus(MOMENT), speaking);
    for (int n = 7; n <= 9; n++) {
      enqueue(work(id(n)).notBefore(due));
    }
    jump(MOMENT);

    assertThat(step()).isEqualTo(new SweepResult(0, 2, 2, 2, 0, true));
    assertThat(step()).isEqualTo(new SweepResult(0, 1, 1, 1, 0, false));
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void a_sweep_goes_on_until_nothing_is_due() {
    openWith(rules().dueStep(2));
    for (int n = 1; n <= 9; n++) {
      enqueue(work(id(n)).notBefore(clock.now() + 1));
    }
    jump(MOMENT);

    sweep();

    assertThat(counts().ready()).isEqualTo(9);
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void a_step_is_of_its_org_alone() {
    String neighbour = newOrg();
    queue().enqueue(neighbour, List.of(work("a").notBefore(clock.now() + 1).build()));
    enqueue(work("a").notBefore(clock.now() + 1));
    jump(MOMENT);

    assertThat(step().due()).isEqualTo(1);

    assertThat(queue().counts(neighbour).later()).isEqualTo(1);
    assertThat(upkeep().orgs()).contains(org, neighbour);
    assertThat(upkeep().sweepStep(neighbour).due()).isEqualTo(1);
  }

  @Test
  void a_step_in_an_org_never_heard_of_finds_nothing() {
    assertThat(upkeep().sweepStep(newOrg())).isEqualTo(SweepResult.NOTHING);
  }

  @Test
  void concurrent_sweeps_handle_each_entry_once() {
    openWith(rules().dueStep(3));
    int many = 40;
    KitWorker speaking = worker().capacity(2 * many).register();
    enqueue(works("a-", 2 * many)); // half is stopped, half never accepted
    takeAll(speaking, 2 * many);
    passBeating(ACCEPT.minus(LEASE), speaking);
    claimOneEach(many, "silent-");
    passBeating(LEASE.minus(GRACE), speaking);
    for (int n = 1; n <= many; n++) {
      speaking.touch(id(n));
      stop(id(n));
    }
    passBeating(GRACE.minus(MOMENT), speaking);
    for (int n = 1; n <= many; n++) {
      enqueue(work("later-" + n).notBefore(clock.now() + 1));
    }
    jump(MOMENT);

    List<SweepResult> results = Together.all(8, caller -> sweepOrg());

    SweepResult all = results.stream().reduce(SweepResult.NOTHING, SweepResult::and);
    assertThat(
            new SweepResult(
                all.leasesLost(), all.acceptsMissed(), all.released(), all.due(), 0, false))
        .isEqualTo(new SweepResult(many, many, many, many, 0, false));
    for (int n = 1; n <= many; n++) {
      assertSession(id(n)).isStopped();
      assertSession("silent-" + n).isReady().hasAttempts(1);
      assertSession("later-" + n).isReady();
    }
    for (int n = many + 1; n <= 2 * many; n++) {
      assertSession(id(n)).isReady().hasAttempts(1);
    }
    assertThat(counts().claimed()).isZero();
    assertThat(counts().ready()).isEqualTo(3L * many);
    assertThat(step()).isEqualTo(SweepResult.NOTHING);
  }

  private SweepResult step() {
    return sweepStep();
  }

  private SweepResult sweepOrg() {
    SweepResult all = step();
    while (all.more()) {
      all = all.and(step());
    }
    return all;
  }

  private List<KitWorker> claimOneEach(int workers) {
    return claimOneEach(workers, "one-");
  }

  private List<KitWorker> claimOneEach(int workers, String prefix) {
    return IntStream.rangeClosed(1, workers)
        .mapToObj(
            n -> {
              KitWorker worker = worker().register();
              enqueue(work(prefix + n));
              assertThat(worker.claimByName(prefix + n).denial()).isNull();
              worker.touch(prefix + n);
              return worker;
            })
        .toList();
  }

  private static String id(int n) {
    return "a-" + String.format("%03d", n);
  }
}
