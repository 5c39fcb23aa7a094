package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Findings". */
abstract class FindingCases extends FindingVerbs {

  private static final AuditNote ANN = new AuditNote("ann \u00e9", "on it,\n\"now\"");

  @Test
  void a_finding_begins_once_and_keeps_its_begin() {
    sweep();
    long began = clock.now();
    assertThat(look(about("web"), DEAD)).isTrue();
    pass(SEEN.dividedBy(2));
    assertThat(look(about("web"), DEAD)).isFalse();

    assertThat(all())
        .containsExactly(Finding.begun(DEAD, began), Finding.begun(about("web"), began));
    assertThat(auditLines()).isEmpty();
    assertThat(findings().list(newOrg())).isEmpty();
  }

  @Test
  void its_words_follow_when_it_is_renewed() {
    sweep();
    look(DEAD);
    SeenFinding more = new SeenFinding("dead", "", "", "3 dead letters");

    assertTakes(0, () -> findings().observe(org, List.of(more), SEEN.toMillis(), true));
    assertThat(only().words()).isEqualTo(DEAD.words());
    pass(SEEN.dividedBy(2).plus(MOMENT));
    assertTakes(1, () -> findings().observe(org, List.of(more), SEEN.toMillis(), true));
    assertThat(only().words()).isEqualTo(more.words());
  }

  @Test
  void it_ends_once_no_node_has_seen_it_for_a_while() {
    pass(SEEN);
    look(DEAD, about("web"));
    pass(SEEN.minus(MOMENT));

    assertThat(look(about("web"))).isFalse();
    assertThat(all()).hasSize(2);
    pass(MOMENT);
    assertThat(look()).isTrue();
    assertThat(only().kind()).isEqualTo("no-worker");
  }

  @Test
  void it_does_not_end_after_an_outage_before_nodes_had_time_to_see_it() {
    pass(SEEN);
    look(DEAD);
    long began = clock.now();
    jump(Duration.ofHours(1));

    assertThat(look()).as("before the first sweep").isFalse();
    pass(SEEN.minus(MOMENT));
    assertThat(look()).isFalse();
    assertThat(look(DEAD)).isFalse();
    assertThat(only().beganAtMs()).isEqualTo(began);
  }

  @Test
  void the_same_again_is_another_finding() {
    pass(SEEN);
    look(DEAD);
    acknowledge("dead");
    pass(SEEN);
    look();
    assertThat(all()).isEmpty();

    assertThat(look(DEAD)).isTrue();

    assertThat(only()).isEqualTo(Finding.begun(DEAD, clock.now()));
  }

  @Test
  void many_nodes_at_once_begin_it_once() {
    List<Boolean> begun = Together.all(8, node -> look(DEAD));

    assertThat(begun).containsOnlyOnce(true);
    assertThat(told()).hasSize(1);
  }

  @Test
  void a_bounded_number_is_recorded() {
    SeenFinding[] many =
        IntStream.range(0, Findings.MAX_KEPT + 5)
            .mapToObj(n -> about(String.format("p%04d", n)))
            .toArray(SeenFinding[]::new);

    look(many);

    assertThat(all()).hasSize(Findings.MAX_KEPT);
    assertThat(all().get(Findings.MAX_KEPT - 1).subject()).isEqualTo("p0499");
  }

  @Test
  void hostile_subjects_come_back_and_their_keys_are_plain() {
    String hostile = "../a b?#%\u00e9\ud83d\ude00\u202e";
    look(about(hostile), about("web"));

    assertThat(all()).extracting(Finding::subject).containsExactly(hostile, "web");
    assertThat(all())
        .extracting(Finding::key)
        .allMatch(key -> key.matches("[a-z.-]+[A-Za-z0-9_-]+"))
        .contains("no-worker.web");
  }

  // Acts

  @Test
  void an_acknowledged_one_has_an_owner() {
    look(DEAD);
    jump(MOMENT);
    long seq = numberOf(() -> findings().acknowledge(org, "dead", ANN));

    assertThat(only().owner()).isEqualTo(ANN.actor());
    assertThat(only().reason()).isEqualTo(ANN.reason());
    assertThat(only().ownedAtMs()).isEqualTo(clock.now());
    assertThat(auditLines())
        .containsExactly(line(seq, ANN.actor(), "acknowledge", "dead", ANN.reason(), ""));

    acknowledge("dead");
    assertThat(only().owner()).isEqualTo(BY.actor());
  }

  @Test
  void a_mute_has_an_end_and_outlasts_the_finding() {
    pass(SEEN);
    look(DEAD);
    long until = clock.now() + SEEN.toMillis() + 1;
    long seq = numberOf(() -> findings().mute(org, "dead", until, ANN));

    assertThat(only().muted(clock.now())).isTrue();
    assertThat(only().mutedBy()).isEqualTo(ANN.actor());
    assertThat(auditLines().get(0).detail()).startsWith("until 20");
    assertThat(auditLines().get(0).id()).isEqualTo(seq);
    pass(SEEN);
    assertThat(look()).isTrue();
    assertThat(only().stands()).isFalse();
    assertThat(only().mutedUntilMs()).isEqualTo(until);
    assertThat(look(DEAD)).isTrue();
    assertThat(only().muted(clock.now())).isTrue();
    pass(SEEN);
    look();
    assertThat(all()).as("it is over, and so is its mute").isEmpty();
  }

  @Test
  void a_mute_can_be_ended() {
    look(DEAD);
    mute(1_000_000);

    findings().mute(org, "dead", 0, ANN);

    assertThat(only().muted(clock.now())).isFalse();
    assertThat(only().mutedBy()).isNull();
    assertThat(auditLines()).extracting(AuditLine::verb).containsExactly("unmute", "mute");
  }

  @Test
  void acts_on_unknown_ones_are_refused() {
    look(DEAD);

    refused(Refusal.UNKNOWN_FINDING, () -> findings().acknowledge(org, "no-worker.web", BY));
    refused(Refusal.UNKNOWN_FINDING, () -> findings().mute(org, "no-worker.web", 1, BY));
    refusal(Refusal.UNKNOWN_FINDING, () -> findings().acknowledge(newOrg(), "dead", BY));
  }

  @Test
  void one_that_is_over_has_no_owner() {
    pass(SEEN);
    look(DEAD);
    acknowledge("dead");
    mute(SEEN.toMillis() * 3);
    pass(SEEN);
    look();

    assertThat(only().owner()).isNull();
    refused(Refusal.UNKNOWN_FINDING, () -> findings().acknowledge(org, "dead", BY));
  }

  @Test
  void nothing_is_left_of_them_in_the_end() {
    pass(SEEN);
    look(DEAD);
    told();
    assertThat(leftovers()).as("of a finding").isNotEmpty();
    pass(SEEN);
    look();
    assertThat(leftovers()).as("of a notice").isNotEmpty();
    told();

    assertNothingLeft();
  }

  private void acknowledge(String key) {
    findings().acknowledge(org, key, BY);
  }

  private void mute(long ms) {
    findings().mute(org, "dead", clock.now() + ms, BY);
  }

  private AuditLine line(
      long id, String actor, String verb, String object, String reason, String detail) {
    return new AuditLine(id, clock.now(), actor, verb, object, reason, detail);
  }
}
