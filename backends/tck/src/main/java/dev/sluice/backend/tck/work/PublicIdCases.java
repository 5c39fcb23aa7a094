package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Public ids". */
abstract class PublicIdCases extends Fixture {

  private static final Duration ENDED = Duration.ofMillis(RULES.kept().endedMs());
  private static final Duration DEAD = Duration.ofMillis(RULES.kept().deadMs());

  private static final String HEX = "00c0ffee00c0ffee";

  static List<String> names() {
    return TextCases.names().toList();
  }

  @Test
  void a_session_is_found_by_each_of_its_names() {
    enqueue(work("a").called("p1", "p2", "p3", "p4"), work("b").called("q"));

    for (String name : List.of("p1", "p2", "p3", "p4")) {
      assertThat(byName(name)).isEqualTo(session("a"));
    }
    assertThat(byName("q")).isEqualTo(session("b"));
  }

  @Test
  void through_its_whole_life_and_after_its_end() {
    enqueue(work("a").called("p"));
    worker.claim("a");
    assertThat(byName("p")).isEqualTo(session("a"));
    worker.nack("a");
    assertThat(byName("p")).isEqualTo(session("a"));
    sweepAfter(BACK_OFF);
    worker.claim("a");
    worker.complete("a");
    assertThat(byName("p")).isEqualTo(session("a"));
    sweepAfter(Duration.ofHours(1));
    assertThat(byName("p")).isEqualTo(session("a"));
    requeue("a");
    assertThat(byName("p")).isEqualTo(session("a"));
    worker.claim("a");
    worker.fail("a");

    assertThat(byName("p")).isEqualTo(session("a"));
  }

  @Test
  void in_a_bulk_as_one_by_one() {
    enqueue(work("taken").called("p-050"), work("repeated").called("r-1", "r-2"));
    List<WorkBuilder> bulk = new ArrayList<>();
    for (WorkBuilder item : works("p-", 60)) {
      bulk.add(item.called(item.id(), "long-" + item.id(), "all"));
    }
    bulk.add(work("repeated").called("r-1", "r-2"));

    assertThat(enqueue(bulk.toArray(WorkBuilder[]::new)).get(60).duplicate()).isTrue();

    for (WorkBuilder item : works("p-", 60)) {
      String owner = item.id().equals("p-050") ? "taken" : item.id();
      assertThat(byName(item.id()).id()).isEqualTo(owner);
      assertThat(byName("long-" + item.id())).isEqualTo(session(item.id()));
    }
    assertThat(byName("all").id()).as("the first in the bulk").isEqualTo("p-001");
    assertThat(byName("r-2")).isEqualTo(session("repeated"));
  }

  @Test
  void what_nobody_is_called_is_unknown() {
    enqueue(work("a").called("p"), work("b"));

    for (String name : List.of("q", "a", "b", "P", "p ", "*")) {
      refused(Refusal.UNKNOWN_SESSION, () -> byName(name));
    }
  }

  @Test
  void the_first_to_have_a_name_keeps_it() {
    enqueue(work("a").called("p", "pa"));

    enqueue(work("b").called("pb", "p"));

    assertThat(byName("p").id()).isEqualTo("a");
    assertThat(byName("pb").id()).isEqualTo("b");
    stop("a");
    assertThat(byName("p").id()).isEqualTo("a");
  }

  @Test
  void of_one_call_the_first_item_has_it() {
    enqueue(work("b").called("p"), work("a").called("p"));

    assertThat(byName("p").id()).isEqualTo("b");
  }

  @Test
  void a_name_may_be_that_of_a_session_and_be_given_twice() {
    enqueue(work("a").called("b", "b", "a"), work("b"));

    assertThat(byName("b").id()).isEqualTo("a");
    assertThat(byName("a").id()).isEqualTo("a");
    assertThat(session("b").id()).isEqualTo("b");
  }

  @Test
  void a_repeat_and_what_is_refused_take_no_name() {
    openWith(rules().maxWaiting(1));
    enqueue(work("a").called("p"));

    enqueue(work("a").called("q"));
    offer(work("a").content("other").called("r"));
    offer(work("b").called("s"));

    for (String name : List.of("q", "r", "s")) {
      refused(Refusal.UNKNOWN_SESSION, () -> byName(name));
    }
    stop("a");
    enqueue(work("c").called("q", "r", "s"));
    for (String name : List.of("q", "r", "s")) {
      assertThat(byName(name).id()).isEqualTo("c");
    }
  }

  @Test
  void no_new_session_takes_the_public_id_of_another() {
    String longer = HEX + HEX;
    enqueue(work("a").called(HEX, longer));

    assertRefused(Refusal.ID_TAKEN, work(HEX), work(longer), work(HEX).called(HEX));

    assertThat(byName(HEX).id()).isEqualTo("a");
    stop("a");
    sweepAfter(ENDED);
    enqueue(work(HEX).called(HEX));
    assertThat(byName(HEX).id()).isEqualTo(HEX);
  }

  @Test
  void nor_one_that_is_earlier_in_the_same_call_and_a_known_one_stays() {
    enqueue(work(HEX), work("a").called(HEX));

    List<Enqueued> results =
        offer(work("b").called(HEX + HEX), work(HEX + HEX), work(HEX), work("c").called("p"));

    assertThat(results)
        .extracting(Enqueued::refusal)
        .containsExactly(null, Refusal.ID_TAKEN, null, null);
    assertThat(results.get(2).duplicate()).isTrue();
  }

  @Test
  void names_go_with_the_record_and_are_free_then() {
    enqueue(work("a").called("p", "pa"), work("b").called("p"));
    stop("a");
    sweepAfter(ENDED);

    refused(Refusal.UNKNOWN_SESSION, () -> byName("pa"));
    refused(Refusal.UNKNOWN_SESSION, () -> byName("p"));
    enqueue(work("c").called("p"));
    assertThat(byName("p").id()).isEqualTo("c");
    enqueue(work("a").called("pa"));
    assertThat(byName("pa").id()).isEqualTo("a");
  }

  @Test
  void another_that_was_called_so_too_leaves_the_name_with_its_owner() {
    enqueue(work("a").called("p"), work("b").called("p"));
    stop("b");
    sweepAfter(ENDED);
    refused(Refusal.UNKNOWN_SESSION, () -> session("b"));

    assertThat(byName("p").id()).isEqualTo("a");
  }

  @Test
  void a_dead_letter_is_found_until_it_is_forgotten() {
    enqueue(work("a").called("p").deadline(clock.now() + 1));
    sweepAfter(MOMENT);
    sweepAfter(DEAD.minus(MOMENT));
    assertThat(byName("p")).isEqualTo(session("a"));

    sweepAfter(MOMENT);

    refused(Refusal.UNKNOWN_SESSION, () -> byName("p"));
  }

  @Test
  void an_org_has_names_of_its_own() {
    String neighbour = newOrg();
    enqueue(work("a").called("p"));
    refusal(Refusal.UNKNOWN_SESSION, () -> sessions().findPublic(neighbour, "p"));

    queue().enqueue(neighbour, List.of(work("there").called("p").build()));

    assertThat(sessions().findPublic(neighbour, "p").id()).isEqualTo("there");
    assertThat(byName("p").id()).isEqualTo("a");
  }

  @Test
  void that_of_a_damaged_record_says_so() {
    enqueue(work("a").called("p"));
    damage("a");

    refused(Refusal.DAMAGED, () -> byName("p"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void any_name_may_be_one(String name) {
    enqueue(work("a").called(name));

    assertThat(byName(name).id()).isEqualTo("a");
    stop("a");
    sweepAfter(ENDED);
    refused(Refusal.UNKNOWN_SESSION, () -> byName(name));
    jump(Duration.ofMillis(RULES.kept().auditMs())); // that of the stop
    sweep();
    assertNothingLeft();
  }

  @Test
  void of_many_at_once_one_gets_it_and_all_go_in() {
    Together.all(12, caller -> enqueue(work("a-" + caller).called("p", "p-" + caller)));

    String first = byName("p").id();
    assertThat(first).startsWith("a-");
    assertThat(byName("p").id()).isEqualTo(first);
    for (int n = 0; n < 12; n++) {
      assertThat(byName("p-" + n).id()).isEqualTo("a-" + n);
    }
  }

  private Session byName(String publicId) {
    return sessions().findPublic(org, publicId);
  }
}
