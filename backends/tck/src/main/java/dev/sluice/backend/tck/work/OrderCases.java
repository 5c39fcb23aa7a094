package dev.sluice.backend.tck.work;

import static dev.sluice.backend.tck.WorkBuilder.QUEUED_AT;

import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Choice of work". */
abstract class OrderCases extends Fixture {

  @Test
  void a_lower_priority_number_goes_first() {
    enqueue(work("a").priority(3), work("b").priority(1), work("c").priority(2));

    assertThat(worker().register().take(5)).containsExactly("b", "c", "a");
  }

  @Test
  void all_nine_priorities_are_told_apart() {
    for (int priority = 9; priority >= 1; priority--) {
      enqueue(work("p" + priority).priority(priority));
    }

    assertThat(drain(worker().capacity(9).register()))
        .containsExactly("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
  }

  @Test
  void within_a_priority_the_earlier_enqueue_time_goes_first() {
    enqueue(
        work("a").queuedAt(QUEUED_AT + 2),
        work("b").queuedAt(QUEUED_AT + 1),
        work("c").queuedAt(QUEUED_AT),
        work("d").queuedAt(0));

    assertThat(worker().register().take(5)).containsExactly("d", "c", "b", "a");
  }

  @Test
  void no_enqueue_time_outweighs_a_priority() {
    long tomorrow = QUEUED_AT + 86_400_000;
    enqueue(work("old").priority(2).queuedAt(0), work("new").priority(1).queuedAt(tomorrow));

    assertThat(worker().register().take(5)).containsExactly("new", "old");
  }

  @Test
  void what_comes_later_but_is_better_goes_first() {
    enqueue(work("b"), work("c"));
    worker.claim("b");
    enqueue(work("a"));

    assertThat(worker.take(5)).containsExactly("a", "c");
  }

  private static List<String> shuffledIds() {
    List<String> ids =
        new ArrayList<>(
            List.of(
                "A",
                "Z",
                "a",
                "a ",
                "a b",
                "a!",
                "a-1",
                "a-10",
                "a-2",
                "aa",
                "~",
                "\u00e9",
                "\u00ff",
                "\u07ff",
                "\u0800",
                "\ud7ff",
                "\ue000",
                "\uff61",
                "\ufffd",
                "\ud800\udc00",
                "\ud83d\ude80",
                "\ud83d\ude81",
                "\udbff\udffd"));
    Collections.shuffle(ids, new Random(7));
    return ids;
  }

  @Test
  void equals_go_by_the_unsigned_bytes_of_their_ids() {
    List<String> ids = shuffledIds();
    enqueue(ids.stream().map(WorkBuilder::work).toArray(WorkBuilder[]::new));

    assertThat(drain(worker().capacity(50).register()))
        .isEqualTo(ids.stream().sorted(OrderCases::compareUtf8).toList());
  }

  @Test
  void equals_of_different_buckets_go_by_the_bytes_of_their_ids_too() {
    List<String> ids = shuffledIds();
    for (int n = 0; n < ids.size(); n++) {
      enqueue(work(ids.get(n)).project("project-" + n));
    }

    assertThat(drain(worker().capacity(50).register()))
        .isEqualTo(ids.stream().sorted(OrderCases::compareUtf8).toList());
  }

  @Test
  void there_is_one_order_across_projects_and_capabilities() {
    enqueue(
        work("e").project("web"),
        work("b").project("app").needs("gpu"),
        work("d").project("web").needs("arm", "gpu"),
        work("a").project("web").needs("gpu"),
        work("c"),
        work("first").project("app").priority(1));

    assertThat(drain(worker().projects("web", "app").can("gpu", "arm").register()))
        .containsExactly("first", "a", "b", "c", "d", "e");
  }

  @Test
  void a_random_mix_comes_in_order() {
    Random random = new Random(42);
    List<WorkBuilder> items =
        new ArrayList<>(
            IntStream.range(0, 200)
                .mapToObj(
                    n ->
                        work("mix-" + n)
                            .project("project-" + random.nextInt(5))
                            .needs(random.nextBoolean() ? new String[] {"gpu"} : new String[0])
                            .priority(1 + random.nextInt(9))
                            .queuedAt(QUEUED_AT + random.nextInt(10)))
                .toList());
    enqueue(items.toArray(WorkBuilder[]::new));
    items.sort(
        (a, b) -> {
          int byScore = Long.compare(a.build().score(), b.build().score());
          return byScore != 0 ? byScore : compareUtf8(a.id(), b.id());
        });

    assertThat(drain(worker().capacity(200).can("gpu").register()))
        .isEqualTo(items.stream().map(WorkBuilder::id).toList());
  }

  private static List<String> drain(KitWorker worker) {
    List<String> all = new ArrayList<>();
    for (List<String> some = worker.take(5); !some.isEmpty(); some = worker.take(5)) {
      all.addAll(some);
    }
    return all;
  }

  private static int compareUtf8(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
