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

    assertThat(buckets("web")).containsExactly(new WorkBucket("web", List.of("gpu"), 1));
  }

  private List<WorkBucket> buckets(String... projects) {
    return queues().buckets(org, List.of(projects));
  }
}
