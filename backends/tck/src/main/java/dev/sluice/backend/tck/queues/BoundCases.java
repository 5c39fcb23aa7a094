package dev.sluice.backend.tck.queues;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class BoundCases extends Fixture {

  @Test
  void a_worker_too_many_is_refused() {
    openWith(rules().maxWorkers(2).maxWorkersPerKey(2));
    worker.register();
    worker().register();

    KitWorker third = worker().named("third");
    refused(Refusal.TOO_MANY_WORKERS, third::register);
    worker.register();

    worker.deregister();
    third.register();
  }

  @Test
  void a_worker_that_takes_the_place_of_another_is_let_in() {
    openWith(rules().maxWorkers(1));
    worker().on("machine").register();

    KitWorker later = worker().on("machine").register();
    KitWorker elsewhere = worker().on("other machine");
    refused(Refusal.TOO_MANY_WORKERS, elsewhere::register);
    KitWorker ofAnother = worker().on("machine").registeredBy("other");
    refused(Refusal.TOO_MANY_WORKERS, ofAnother::register);

    assertThat(allWorkers())
        .extracting(found -> found.registration().workerId())
        .containsExactly(later.registration().workerId());
  }

  @Test
  void many_at_once_never_register_a_worker_too_many() {
    openWith(rules().maxWorkers(5).maxWorkersPerKey(5));
    List<KitWorker> all = Stream.generate(this::worker).limit(16).toList();

    List<Boolean> in = Together.all(16, caller -> registers(all.get(caller)));

    assertThat(in).filteredOn(Boolean::booleanValue).hasSize(5);
  }

  @Test
  void a_key_leaves_a_quarter_of_the_workers_to_others() {
    openWith(rules().maxWorkers(5));
    KitWorker first = worker().registeredBy("greedy").register();
    for (int n = 1; n < 4; n++) {
      worker().registeredBy("greedy").register();
    }
    KitWorker fifth = worker().registeredBy("greedy").named("fifth");

    refused(Refusal.TOO_MANY_WORKERS, fifth::register);

    KitWorker other = worker().registeredBy("other").register();
    other.deregister();
    refused(Refusal.TOO_MANY_WORKERS, fifth::register);
    first.deregister();
    fifth.register();
  }

  @Test
  void a_full_org_gives_up_a_silent_worker_that_never_polled() {
    openWith(rules().maxWorkers(3).maxWorkersPerKey(3));
    KitWorker polled = worker().named("polled").register();
    polled.poll(1);
    worker().named("never").register();
    KitWorker third = worker().named("third").register();
    KitWorker late = worker().named("late");
    refused(Refusal.TOO_MANY_WORKERS, () -> late.registeredBy("other").register());
    passBeating(LEASE.plus(MOMENT), third);

    late.registeredBy("other").register();

    assertThat(workerIds()).containsExactlyInAnyOrder("polled", "third", "late");
    worker().named("later").registeredBy("other").register();
    assertThat(workerIds()).containsExactlyInAnyOrder("third", "late", "later");
  }

  @Test
  void a_silent_worker_with_claims_gives_no_way() {
    openWith(rules().maxWorkers(1).maxWorkersPerKey(1));
    worker.register();
    enqueue(work("a"));
    assertThat(worker.take(1)).containsExactly("a");
    damage("a");
    pass(LEASE.plus(MOMENT));

    KitWorker late = worker().registeredBy("other");
    refused(Refusal.TOO_MANY_WORKERS, late::register);
  }

  private List<String> workerIds() {
    return allWorkers().stream().map(found -> found.registration().workerId()).toList();
  }

  private static boolean registers(KitWorker worker) {
    try {
      worker.register();
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.TOO_MANY_WORKERS);
      return false;
    }
  }

  @Test
  void a_project_too_many_is_refused() {
    openWith(rules().maxProjects(2));
    enqueue(work("a").project("a"));
    pause("b", 0);

    withoutTrace(() -> assertThat(refusalOf(work("c").project("c"))).isEqualTo(TOO_MANY));
    refused(TOO_MANY, () -> pause("c", 0));
    refused(TOO_MANY, () -> cap("c", 1));
    enqueue(work("known").project("b"));
    cap("a", 1);
    resume("c");
    unlimit("c");
    assertThat(pause("a", 0).pause()).extracting(Pause::untilMs).isEqualTo(0L);
  }

  @Test
  void a_project_with_nothing_makes_room() {
    openWith(rules().maxProjects(1));
    pause("a", 0);
    refused(TOO_MANY, () -> cap("b", 1));
    resume("a");

    cap("b", 1);
    assertThat(refusalOf(work("c").project("c"))).isEqualTo(TOO_MANY);
    unlimit("b");

    enqueue(work("c").project("c"));
    refused(TOO_MANY, () -> pause("a", 0));
    stop("c");
    pause("a", 0);
    refused(TOO_MANY, () -> requeue("c"));
  }

  @Test
  void what_one_project_needs_is_no_limit_of_another() {
    int most = RULES.maxCapabilitySets();
    for (int n = 0; n < most; n++) {
      enqueue(work("a-" + n).project("a").needs("made-up-" + n));
    }
    assertThat(refusalOf(work("a").project("a").needs("gpu"))).isEqualTo(TOO_MANY_SETS);

    enqueue(work("b").project("b").needs("gpu"));
    assertThat(refusalOf(work("a").project("a").needs("gpu")))
        .as("a set that another project has")
        .isEqualTo(TOO_MANY_SETS);
    assertThat(worker().can("gpu").register().take(5)).containsExactly("b");
    assertThat(session("a-9").position()).isEqualTo(most);
  }

  @Test
  void an_org_has_a_limit_for_all_its_projects() {
    openWith(rules().maxOrgCapabilitySets(2));
    KitWorker worker = worker().can("x", "y", "z").projects("a").register();
    enqueue(work("a").project("a").needs("x"), work("b").project("b").needs("y"));

    assertThat(refusalOf(work("c").project("c").needs("z"))).isEqualTo(TOO_MANY_SETS);
    enqueue(work("d").project("c").needs("x"));

    worker.claim("a");
    worker.complete("a");
    assertThat(refusalOf(work("c").project("c").needs("z"))).isEqualTo(TOO_MANY_SETS);
    stop("d");
    enqueue(work("c").project("c").needs("z"));
  }

  @Test
  void a_set_counts_for_a_project_as_long_as_its_own_work_needs_it() {
    int most = RULES.maxCapabilitySets();
    for (int n = 0; n < most; n++) {
      enqueue(work("a-" + n).project("a").needs("c-" + n));
      enqueue(work("b-" + n).project("b").needs("c-" + n));
    }
    stop("b-0");
    assertThat(refusalOf(work("a").project("a").needs("gpu"))).isEqualTo(TOO_MANY_SETS);
    stop("a-0");
    enqueue(work("a").project("a").needs("gpu"));
    refused(TOO_MANY_SETS, () -> requeue("a-0"));
    requeue("b-0");
  }

  private static final Refusal TOO_MANY = Refusal.TOO_MANY_PROJECTS;
  private static final Refusal TOO_MANY_SETS = Refusal.TOO_MANY_CAPABILITY_SETS;

  private @Nullable Refusal refusalOf(WorkBuilder item) {
    Enqueued result = offer(item).get(0);
    return result.refusal();
  }
}
