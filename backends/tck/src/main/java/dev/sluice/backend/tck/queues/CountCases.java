package dev.sluice.backend.tck.queues;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

abstract class CountCases extends Fixture {

  @Test
  void every_session_is_counted_in_its_project_where_it_is() {
    openWith(rules().maxNacks(2));
    enqueue(work("other").project("app"), work("any"));
    assertWeb(0, 0, 0, 0, 0, 0);

    enqueue(
        work("a").project("web").priority(1),
        work("b").project("web").issue("i").priority(2).needs("gpu"),
        work("c").project("web").issue("i").priority(3),
        work("d").project("web").notBefore(clock.now() + 1_000).deadline(clock.now() + 60_000));
    assertWeb(2, 1, 1, 0, 0, 0);

    worker.claim("a");
    assertWeb(1, 1, 1, 0, 1, 0);
    worker.nack("a");
    assertWeb(1, 1, 1, 1, 0, 0);
    other.claim("a");
    assertWeb(1, 1, 1, 0, 1, 0);
    stop("b");
    assertWeb(1, 0, 1, 0, 1, 0);
    sweepAfter(Duration.ofMillis(1_000));
    assertWeb(2, 0, 0, 0, 1, 0);
    other.nack("a");
    assertWeb(2, 0, 0, 0, 0, 1);
    requeue("a");
    assertWeb(3, 0, 0, 0, 0, 0);
    other.claim("a");
    stop("a");
    assertWeb(2, 0, 0, 0, 1, 0);
    other.report("a", SessionState.STOPPED);
    assertWeb(2, 0, 0, 0, 0, 0);
    sweepAfter(Duration.ofMillis(59_000));
    assertWeb(1, 0, 0, 0, 0, 1);
    stop("d");
    assertWeb(1, 0, 0, 0, 0, 0);

    assertThat(queueOf("app").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
    assertThat(queueOf("default").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
    assertCounts(3, 0, 0, 0, 0, 0);
  }

  @Test
  void parked_work_of_an_issue_is_counted_as_such() {
    worker.register();
    enqueue(
        work("a").project("web").issue("i").priority(1),
        work("b").project("app").issue("i").priority(2),
        work("c").project("web").issue("i").priority(2));
    assertWeb(1, 1, 0, 0, 0, 0);
    assertThat(queueOf("app").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));

    worker.claim("a");
    worker.complete("a");

    assertWeb(1, 0, 0, 0, 0, 0);
    assertThat(queueOf("app").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
  }

  /** Under concurrent calls. */
  @Test
  void the_counts_of_the_projects_add_up_to_those_of_the_org() {
    List<String> projects = List.of("web", "app", "default");
    List<KitWorker> workers = List.of(worker().register(), worker().register());
    for (int n = 0; n < 60; n++) {
      enqueue(work("a-" + n).project(projects.get(n % 3)).issue("issue-" + n % 20));
    }

    Together.all(
        4,
        caller -> {
          Random random = new Random(caller);
          KitWorker worker = workers.get(caller % 2);
          for (int round = 0; round < 10; round++) {
            for (String id : worker.take(3)) {
              switch (random.nextInt(3)) {
                case 0 -> worker.nack(id);
                case 1 -> stop(id);
                default -> worker.complete(id);
              }
            }
          }
          return caller;
        });

    Map<Place, Long> places = new EnumMap<>(Place.class);
    for (int n = 0; n < 60; n++) {
      places.merge(session("a-" + n).place(), 1L, Long::sum);
    }
    Counts counts = counts();
    assertThat(counts.ready()).isEqualTo(places.getOrDefault(Place.READY, 0L));
    assertThat(counts.parked()).isEqualTo(places.getOrDefault(Place.PARKED, 0L));
    assertThat(counts.returned()).isEqualTo(places.getOrDefault(Place.RETURNED, 0L));
    assertThat(counts.claimed()).isEqualTo(places.getOrDefault(Place.CLAIMED, 0L));
    assertThat(sum(projects, Counts::ready)).isEqualTo(counts.ready());
    assertThat(sum(projects, Counts::parked)).isEqualTo(counts.parked());
    assertThat(sum(projects, Counts::returned)).isEqualTo(counts.returned());
    assertThat(sum(projects, Counts::claimed)).isEqualTo(counts.claimed());
  }

  private long sum(List<String> projects, ToLongFunction<Counts> part) {
    return projects.stream().mapToLong(name -> part.applyAsLong(queueOf(name).counts())).sum();
  }

  private void assertWeb(
      long ready, long parked, long later, long returned, long claimed, long dead) {
    assertThat(queueOf("web").counts())
        .isEqualTo(new Counts(ready, parked, later, returned, claimed, dead));
  }

  // Of an org

  @Test
  void an_unknown_org_has_none() {
    assertCounts(0, 0, 0);
  }

  @Test
  void every_session_is_counted_where_it_is() {
    KitWorker silent = worker().register();
    enqueue(works("a-", 8));
    assertCounts(8, 0, 0);

    worker.take(4);
    assertCounts(4, 0, 4);
    worker.nack("a-001");
    assertCounts(4, 1, 3);
    worker.complete("a-002");
    assertCounts(4, 1, 2);
    stop("a-003");
    assertCounts(4, 1, 2);
    worker.report("a-003", SessionState.STOPPED);
    assertCounts(4, 1, 1);
    stop("a-005");
    assertCounts(3, 1, 1);

    assertThat(silent.take(2)).containsExactly("a-001", "a-006");
    assertCounts(2, 0, 3);
    silent.nack("a-001");
    assertCounts(2, 1, 2);
    passBeating(BACK_OFF, worker);
    assertCounts(3, 0, 2);
    worker.start("a-004");
    passBeating(LEASE, worker);
    assertCounts(4, 0, 1);
    silent.start("a-006");
    assertCounts(3, 0, 2);
    worker.deregister();
    assertCounts(4, 0, 1);
    silent.fail("a-006");
    assertCounts(4, 0, 0);
    assertThat(counts().waiting()).isEqualTo(4);
  }

  private void assertCounts(long ready, long returned, long claimed) {
    assertThat(counts()).isEqualTo(new Counts(ready, 0, 0, returned, claimed, 0));
  }
}
