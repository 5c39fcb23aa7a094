package dev.sluice.backend.tck.lists;

import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.tck.Fixture;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class BucketListCases extends Fixture {

  @Test
  void a_bucket_is_listed_while_work_waits_in_it() {
    enqueue(
        work("a").project("web"),
        work("b").project("web").needs("gpu", "a \u00e9"),
        work("c").project("web").needs("gpu", "a \u00e9"),
        work("d").project("app").needs("gpu"),
        work("e").project("other"));

    assertThat(buckets("web", "app", "unknown"))
        .containsExactlyInAnyOrder(
            new WorkBucket("web", List.of(), 1),
            new WorkBucket("web", List.of("a \u00e9", "gpu"), 2),
            new WorkBucket("app", List.of("gpu"), 1));
    assertThat(buckets()).isEmpty();

    claim("a");
    stop("d");
    assertThat(buckets("web", "app"))
        .containsExactly(new WorkBucket("web", List.of("a \u00e9", "gpu"), 2));
  }

  @Test
  void nacked_work_counts_and_later_work_does_not() {
    claim(worker, work("a").project("web"));
    worker.nack("a");
    enqueue(work("b").project("web").notBefore(clock.now() + 1_000));

    assertThat(buckets("web")).containsExactly(new WorkBucket("web", List.of(), 1));
  }

  @Test
  void a_paused_one_is_listed_and_a_repository_is_no_capability() {
    enqueue(work("a").project("web").needs("gpu").on("https://git.example/acme/parser.git"));
    pause("web", 0);

    assertThat(buckets("web"))
        .containsExactly(new WorkBucket("web", List.of("gpu"), 1, "parser/acme/git.example"));
  }

  @Test
  void work_of_each_repository_has_a_bucket() {
    enqueue(
        work("a").project("web").on("git.example/acme/parser"),
        work("b").project("web").on("git.example/acme/parser"),
        work("c").project("web").on("git.example/acme/site"),
        work("d").project("web"),
        work("e").project("web").needs("gpu").on("git.example/acme/site"),
        work("f").project("web 2").on("git.example/acme/parser"),
        work("g").project("other").on("git.example/acme/parser"));
    worker.poll(1);
    worker.nack("a");

    assertThat(buckets("web", "web 2"))
        .containsExactlyInAnyOrder(
            new WorkBucket("web", List.of(), 2, "parser/acme/git.example"),
            new WorkBucket("web", List.of(), 1, "site/acme/git.example"),
            new WorkBucket("web", List.of(), 1),
            new WorkBucket("web", List.of("gpu"), 1, "site/acme/git.example"),
            new WorkBucket("web 2", List.of(), 1, "parser/acme/git.example"));
  }

  @Test
  void repositories_beyond_the_most_are_listed_together() {
    List<WorkBucket> buckets = bucketsOf(WorkBucket.MOST_REPOSITORIES + 2);

    assertThat(buckets).hasSize(WorkBucket.MOST_REPOSITORIES + 1);
    assertThat(buckets).contains(new WorkBucket("web", List.of(), 2, WorkBucket.OTHERS));
  }

  @Test
  void the_most_are_those_of_all_capabilities_together() {
    for (int i = 0; i < WorkBucket.MOST_REPOSITORIES / 2 + 2; i++) {
      enqueue(work("s" + i).project("web").on("git.example/acme/r" + i));
      enqueue(work("g" + i).project("web").needs("gpu").on("git.example/acme/r" + i));
    }

    List<WorkBucket> buckets = buckets("web");
    assertThat(buckets).hasSize(WorkBucket.MOST_REPOSITORIES + 1);
    assertThat(buckets)
        .filteredOn(bucket -> WorkBucket.OTHERS.equals(bucket.repository()))
        .extracting(WorkBucket::waiting)
        .containsExactly(4L);
  }

  private List<WorkBucket> bucketsOf(int repositories) {
    for (int i = 0; i < repositories; i++) {
      enqueue(work("s" + i).project("web").on("git.example/acme/r" + i));
    }
    return buckets("web");
  }

  private List<WorkBucket> buckets(String... projects) {
    return queues().buckets(org, List.of(projects));
  }
}
