package dev.sluice.backend.tck.work;

import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.queues.WhyNoWork;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class RepositoryCases extends Fixture {

  private static final String PARSER = "https://git.example/acme/parser.git";
  private static final String LEXER = "https://git.example/acme/lexer.git";
  private static final String OTHER = "https://git.example/acme/other.git";

  @Test
  void a_worker_without_a_list_takes_work_of_all_repositories() {
    enqueue(work("a").on(PARSER), work("b"), work("c").on(LEXER).needs("gpu"), work("d").on(OTHER));

    assertThat(worker().register().take(5)).containsExactly("a", "b", "d");
  }

  @Test
  void a_worker_with_a_list_takes_work_of_these_and_of_none() {
    enqueue(work("a").on(OTHER), work("b").on(LEXER), work("c"), work("d").on(PARSER));
    KitWorker worker = worker().lists(PARSER, LEXER).register();

    assertThat(worker.take(1)).containsExactly("b");
    assertThat(worker.take(5)).containsExactly("c", "d");
    assertThat(worker.take(5)).isEmpty();
    assertThat(counts().ready()).isEqualTo(1);
    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void an_empty_list_is_none() {
    enqueue(work("a").on(PARSER));

    assertThat(worker().lists().register().take(5)).containsExactly("a");
  }

  @Test
  void it_takes_the_best_of_all_that_it_may_take() {
    enqueue(
        work("d").on(LEXER).priority(4),
        work("a").on(OTHER).priority(1),
        work("b").on(PARSER).priority(2),
        work("c").project("web").priority(3),
        work("e").on(PARSER).project("web").priority(5).needs("gpu"),
        work("f").on(PARSER).project("app").priority(6));

    assertThat(worker().can("gpu").lists(LEXER, PARSER).register().take(5))
        .containsExactly("b", "c", "d", "e", "f");
  }

  @Test
  void projects_and_capabilities_count_too() {
    enqueue(
        work("a").on(PARSER).project("app"),
        work("b").on(PARSER).project("web").needs("gpu"),
        work("c").on(OTHER).project("web"),
        work("d").on(PARSER).project("web"),
        work("e").on(PARSER));

    assertThat(worker().projects("web").lists(PARSER).register().take(5)).containsExactly("d", "e");
  }

  @Test
  void closed_queues_give_nothing() {
    enqueue(
        work("a").on(PARSER).project("web"),
        work("b").on(PARSER).project("web"),
        work("c").on(PARSER).project("app"));
    KitWorker worker = worker().lists(PARSER).register();
    queues().limit(org, "web", new QueueLimits(1, null), BY);

    assertThat(worker.take(5)).containsExactly("a", "c");
    assertThat(worker.take(5)).isEmpty();
    worker.start("a");
    worker.complete("a");
    assertThat(worker.take(5)).containsExactly("b");
    enqueue(work("d").on(PARSER).project("app"));
    queues().pause(org, "app", 0, BY);
    assertThat(worker.take(5)).isEmpty();
    queues().resume(org, "app", BY);
    assertThat(worker.take(5)).containsExactly("d");
  }

  @Test
  void workers_with_and_without_a_list_share_the_work() {
    enqueue(works("a-", 9, each -> each.on(PARSER).project("web")));
    enqueue(works("b-", 3, each -> each.on(OTHER).project("web")));
    KitWorker lister = worker().lists(PARSER).register();
    KitWorker all = worker().projects("web").register();
    KitWorker everything = worker().register();

    assertThat(lister.take(1)).containsExactly("a-001");
    assertThat(all.take(1)).containsExactly("a-002");
    assertThat(lister.take(2)).containsExactly("a-003", "a-004");
    assertThat(everything.take(1)).containsExactly("a-005");
    assertThat(all.take(1)).containsExactly("a-006");
    assertThat(lister.take(5)).containsExactly("a-007", "a-008", "a-009");
    assertThat(everything.take(5)).containsExactly("b-001", "b-002", "b-003");
  }

  @Test
  void work_that_returns_keeps_its_repository() {
    enqueue(work("a").on(PARSER), work("b").on(PARSER));
    KitWorker first = worker().lists(PARSER).register();
    KitWorker second = worker().lists(PARSER).register();
    KitWorker other = worker().lists(OTHER).register();

    first.claim("a");
    first.nack("a");
    assertThat(other.take(5)).isEmpty();
    assertThat(first.take(5)).as("it is kept from the nacker").containsExactly("b");
    assertThat(second.take(5)).containsExactly("a");
    second.deregister();
    assertThat(other.take(5)).isEmpty();
    KitWorker third = worker().lists(PARSER).register();
    third.claim("a");
    third.start("a");
    third.complete("a");
    requeue("a");
    assertThat(other.take(5)).isEmpty();
    assertThat(third.take(5)).containsExactly("a");
  }

  @Test
  void the_issue_the_order_and_a_later_time_count_as_without_a_list() {
    enqueue(
        work("a").on(PARSER).issue("one"),
        work("b").on(OTHER).issue("one"),
        work("c").on(PARSER).notBefore(clock.now() + 1_000),
        work("d").on(PARSER),
        work("e").on(PARSER));
    front("e");
    KitWorker worker = worker().lists(PARSER).register();

    assertThat(worker.take(2)).containsExactly("e", "a");
    worker.start("a");
    worker.complete("a");
    assertThat(worker().lists(OTHER).register().take(5)).containsExactly("b");
    assertThat(worker.take(5)).containsExactly("d");
    clock.jump(Duration.ofSeconds(2));
    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_heartbeat_changes_the_list() {
    enqueue(work("a").on(PARSER), work("b").on(LEXER), work("c").on(OTHER));
    KitWorker worker = worker().can("gpu").lists(PARSER).register();
    long bytes = queue().storedBytes(org);

    worker.beat(listing(LEXER));
    assertThat(queue().storedBytes(org)).isEqualTo(bytes - 1);
    assertThat(worker.record().registration().capabilities()).containsExactly("gpu");
    assertThat(worker.record().registration().repositories())
        .containsExactly(Repositories.of(LEXER));
    assertThat(worker.take(5)).containsExactly("b");
    worker.beat();
    assertThat(worker.take(5)).isEmpty();
    worker.beat(
        new Heartbeat(0, null, null, Projects.of(List.of("default")), null, null, false)
            .listing(listing(PARSER).repositories()));
    assertThat(worker.record().registration().projects().names()).containsExactly("default");
    assertThat(worker.take(5)).containsExactly("a");
    worker.beat(listing());
    assertThat(worker.record().registration().capabilities()).containsExactly("gpu");
    assertThat(worker.take(5)).containsExactly("c");
    worker.admit(Projects.ALL);
    worker.deregister();
  }

  @Test
  void a_claim_by_name_is_denied() {
    enqueue(work("a").on(PARSER), work("b").on(OTHER).needs("gpu"), work("c"));
    KitWorker worker = worker().lists(LEXER).register();

    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.REPOSITORY);
    assertThat(worker.claimByName("b").denial()).isEqualTo(ClaimDenial.CAPABILITY);
    assertThat(worker.claimByName("c").denial()).isNull();
    assertThat(worker().lists(PARSER).register().claimByName("a").denial()).isNull();
    assertThat(worker().can("gpu").register().claimByName("b").denial()).isNull();
  }

  @Test
  void the_reason_for_waiting_names_the_repository() {
    enqueue(work("a").on(PARSER).project("web"), work("b").on(PARSER).project("web").needs("gpu"));
    worker().projects("web").can("gpu").lists(OTHER).register();

    assertThat(reasons("a"))
        .containsExactly(
            new WaitReason(
                WaitReason.Kind.NO_REPOSITORY,
                "no worker that takes project web lists repository git.example/acme/parser"));
    assertThat(reasons("b"))
        .containsExactly(
            new WaitReason(
                WaitReason.Kind.NO_REPOSITORY,
                "no worker that takes project web and has gpu lists repository"
                    + " git.example/acme/parser"));
    worker().projects("web").lists(PARSER).register();
    assertThat(reasons("a")).extracting(WaitReason::kind).containsExactly(WaitReason.Kind.IN_ORDER);
    enqueue(work("c").on(OTHER).project("web").needs("mac"));
    assertThat(reasons("c"))
        .extracting(WaitReason::words)
        .containsExactly("no worker that takes project web has mac");
  }

  @Test
  void a_worker_gets_work_exactly_if_nothing_is_told_that_keeps_it_away() {
    List<KitWorker> workers =
        List.of(
            worker().register(),
            worker().projects("web").can("gpu").register(),
            worker().projects("web").lists(PARSER).register(),
            worker().projects("app").can("gpu", "mac").lists(LEXER).register(),
            worker().can("gpu").lists("parser").register());
    int items = 0;
    for (String project : List.of("default", "web", "app")) {
      for (List<String> needed :
          List.of(List.<String>of(), List.of("gpu"), List.of("gpu", "mac"))) {
        for (String repository : new String[] {null, PARSER, LEXER, "acme/parser"}) {
          String id = "item-%03d".formatted(items++);
          WorkBuilder work = work(id).project(project).needs(needed.toArray(String[]::new));
          enqueue(repository == null ? work : work.on(repository));
          assertGoesToWhomNothingKeepsFrom(project, id, workers);
        }
      }
    }
  }

  private void assertGoesToWhomNothingKeepsFrom(
      String project, String id, List<KitWorker> workers) {
    List<WorkBucket> buckets = queues().buckets(org, List.of(project));
    assertThat(buckets).hasSize(1);
    for (KitWorker worker : workers) {
      List<WaitReason> told =
          WhyNoWork.reasons(
              worker.record(), queues().find(org, project), buckets.get(0), clock.now());
      assertThat(worker.take(1))
          .as("%s told %s of %s", worker.id(), told, buckets)
          .isEqualTo(told.isEmpty() ? List.of(id) : List.of());
      if (told.isEmpty()) {
        worker.start(id);
        worker.complete(id);
        return;
      }
    }
    stop(id);
  }

  private List<WaitReason> reasons(String id) {
    return WhyItWaits.reasons(queue().standing(org, id), List.copyOf(allWorkers()), clock.now());
  }

  @Test
  void one_of_thousands_of_repositories_is_found_behind_all_others() {
    int many = 3_000;
    List<WorkBuilder> all =
        IntStream.rangeClosed(1, many)
            .mapToObj(n -> work("r-%05d".formatted(n)).on("https://git.example/r/" + n))
            .toList();
    enqueue(all.toArray(WorkBuilder[]::new));

    KitWorker lister = worker().lists("https://git.example/r/" + many).register();
    assertThat(lister.take(5)).containsExactly("r-0" + many);
    assertThat(lister.take(5)).isEmpty();
    assertThat(worker().register().take(1)).containsExactly("r-00001");
    KitWorker lists =
        worker()
            .capacity(many)
            .lists(
                IntStream.rangeClosed(1, 500)
                    .mapToObj(n -> "https://git.example/r/" + n * 2)
                    .toArray(String[]::new))
            .register();
    assertThat(lists.take(5))
        .containsExactly("r-00002", "r-00004", "r-00006", "r-00008", "r-00010");
  }

  @Test
  void a_name_that_looks_like_a_pattern_or_a_beginning_is_no_other_one() {
    List<String> names =
        List.of(
            "h/a/par",
            "h/a/parser-x",
            "h/a/parser.x",
            "h/a/%a+",
            "h/a/.*",
            "h/a/[a-z]",
            "h/a/pärser",
            "h/a/parser/sub",
            "h2/a/parser",
            "h/a b/parser",
            "h/a/x:parser",
            "h/a/ses\"'\"",
            "(h/a/parser",
            "[h/a/parser",
            "-",
            "+",
            "h/a/parser0",
            "h/a/\uD83D\uDE00");
    for (int i = 0; i < names.size(); i++) {
      enqueue(work("other-%02d".formatted(i)).on(names.get(i)));
    }
    enqueue(work("z").on("h/a/parser"));

    assertThat(worker().lists("h/a/parser").register().take(5)).containsExactly("z");
    for (int i = 0; i < names.size(); i++) {
      assertThat(worker().lists(names.get(i)).register().take(5))
          .as(names.get(i))
          .containsExactly("other-%02d".formatted(i));
    }
  }

  @Test
  void a_name_without_host_or_owner_is_any_with_that_end() {
    enqueue(
        work("a").on("https://git.example/acme/parser"),
        work("b").on("acme/parser"),
        work("c").on("parser"),
        work("d").on("https://git.example/other/parser"),
        work("e").on("other/parser"));

    assertThat(worker().lists("acme/parser").register().poll(0).work()).isEmpty();
    assertThat(worker().lists("https://git.example/acme/parser").register().take(5))
        .containsExactly("a", "b", "c");
    assertThat(worker().lists("other/parser").register().take(5)).containsExactly("d", "e");
  }

  @Test
  void an_id_of_a_project_is_only_a_whole_repository() {
    enqueue(work("a").on("https://git.example/acme/parser"), work("b").on("parser"));
    KitWorker worker = worker().register();
    worker.beat(new Heartbeat(0, null, null).listing(List.of(Repositories.ofProject("parser"))));

    assertThat(worker.take(5)).containsExactly("b");
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.REPOSITORY);
  }
}
