package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Findings". */
abstract class NoticeCases extends FindingVerbs {

  @Test
  void begin_and_end_are_told_once() {
    pass(SEEN);
    look(DEAD);
    look(DEAD);
    Finding begun = only();
    long began = clock.now();

    List<FindingNotice> first = told();
    pass(SEEN);
    look();
    List<FindingNotice> second = told();

    assertThat(first).hasSize(1);
    assertThat(first.get(0)).isEqualTo(new FindingNotice(first.get(0).id(), true, begun, began, 1));
    assertThat(second).hasSize(1);
    assertThat(second.get(0))
        .isEqualTo(new FindingNotice(second.get(0).id(), false, begun, clock.now(), 1));
    assertThat(second.get(0).id()).isNotEqualTo(first.get(0).id());
  }

  @Test
  void an_undelivered_one_is_offered_again_at_growing_intervals() {
    look(DEAD);
    FindingNotice first = take().get(0);
    Duration pause = Duration.ofMillis(Findings.FIRST_RETRY_MS);

    for (int attempt = 2; attempt <= 4; attempt++) {
      jump(pause.minus(MOMENT));
      assertThat(take()).isEmpty();
      jump(MOMENT);
      FindingNotice again = take().get(0);
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.attempt()).isEqualTo(attempt);
      pause = pause.multipliedBy(2);
    }
    assertThat(take(first.id())).isEmpty();
    jump(Duration.ofHours(1));
    assertThat(take()).isEmpty();
  }

  @Test
  void it_is_dropped_after_hours() {
    look(DEAD);
    jump(Duration.ofMillis(Findings.NOTICE_MS).minus(MOMENT));
    assertThat(take()).hasSize(1);
    jump(MOMENT);

    assertTakes(1, () -> findings().takeNotices(org, List.of(), 10));
    jump(Duration.ofHours(1));
    assertThat(take()).isEmpty();
  }

  @Test
  void of_one_finding_the_end_waits_for_the_begin() {
    pass(SEEN);
    look(DEAD);
    assertThat(take()).extracting(FindingNotice::begin).containsExactly(true);
    pass(SEEN);
    look(about("web"));

    List<FindingNotice> due = take();
    assertThat(due).extracting(FindingNotice::begin).containsExactly(true, true);
    assertThat(due).extracting(each -> each.finding().kind()).containsExactly("dead", "no-worker");
    assertThat(take(due.get(0).id())).extracting(FindingNotice::begin).containsExactly(false);
  }

  @Test
  void many_nodes_at_once_take_each_once() {
    look(DEAD, about("web"), about("app"));

    List<List<FindingNotice>> taken =
        Together.all(8, node -> findings().takeNotices(org, List.of(), 1));

    assertThat(taken.stream().flatMap(List::stream).map(FindingNotice::id))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_muted_one_is_told_of_when_its_mute_is_over() {
    pass(SEEN);
    look(DEAD);
    told();
    look(DEAD, about("web"));
    told();
    long until = clock.now() + SEEN.toMillis() * 2;
    findings().mute(org, "dead", until, BY);
    findings().mute(org, "no-worker.web", until, BY);
    pass(SEEN);
    look(about("web"));
    assertThat(take()).as("an end while muted").isEmpty();
    pass(SEEN);
    look(about("web"));

    List<FindingNotice> due = told();
    assertThat(due).extracting(each -> each.finding().kind()).containsExactly("dead");
    assertThat(due.get(0).begin()).isFalse();
  }

  @Test
  void one_that_began_under_a_mute_is_told_of_once_it_is_lifted() {
    pass(SEEN);
    look(DEAD);
    told();
    findings().mute(org, "dead", clock.now() + SEEN.toMillis() * 9, BY);
    pass(SEEN);
    look();
    findings().mute(org, "dead", 0, BY);
    look();
    assertThat(told()).extracting(FindingNotice::begin).containsExactly(false);
    assertThat(all()).isEmpty();
  }

  @Test
  void a_node_without_a_receiver_tells_no_begin_and_leaves_what_others_tell() {
    pass(SEEN);
    findings().observe(org, List.of(DEAD), SEEN.toMillis(), false);
    assertThat(told()).isEmpty();

    findings().observe(org, List.of(DEAD), SEEN.toMillis(), true);
    findings().observe(org, List.of(DEAD), SEEN.toMillis(), false);
    FindingNotice begin = only(told());
    assertThat(begin.begin()).isTrue();
    findings().observe(org, List.of(DEAD), SEEN.toMillis(), true);
    assertThat(take(begin.id())).as("told once").isEmpty();

    pass(SEEN);
    findings().observe(org, List.of(), SEEN.toMillis(), false);
    assertThat(told()).extracting(FindingNotice::begin).containsExactly(false);
  }

  private static FindingNotice only(List<FindingNotice> notices) {
    assertThat(notices).hasSize(1);
    return notices.get(0);
  }

  @Test
  void a_bounded_number_is_kept() {
    pass(SEEN);
    SeenFinding[] many =
        IntStream.range(0, Findings.MAX_KEPT)
            .mapToObj(n -> about(String.format("p%04d", n)))
            .toArray(SeenFinding[]::new);
    for (int n = 0; n < 2; n++) {
      look(many);
      pass(SEEN);
      look();
    }

    int left = findings().takeNotices(org, List.of(), Findings.MAX_KEPT * 4).size();
    assertThat(left).as("the latest 1,000, of each finding the oldest").isEqualTo(500);
  }
}
