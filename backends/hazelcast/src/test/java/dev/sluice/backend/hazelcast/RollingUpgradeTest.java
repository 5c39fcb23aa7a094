package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The newer layout is in force once all members know it. */
class RollingUpgradeTest extends TwoBuilds {

  private static final Subject TITLED = new Subject("Fix it", "main", "opus");
  private static final NewClosure IMPORT =
      new NewClosure("imp", Closure.Purpose.IMPORT, "", 0, null, "");

  @Test
  void the_newer_layout_is_in_force_once_the_last_older_member_has_been_gone_for_a_while() {
    HazelcastBackend older = start(0, OLDER);
    HazelcastBackend newer = start(1, NEWER);
    work(older);
    work(newer);
    Key key = new Key("id", "org-0", Key.Type.USER, "name", Set.of(), List.of(), 1, null, "minter");
    newer.credentials().addKey("hash", key);

    assertThat(older.credentials().findKey("hash").orElseThrow().mintedBy()).isNull();
    assertThatThrownBy(() -> newer.upkeep().setTime("org-0", BY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SetTime came after layout " + OLD + ", which is in force");
    clock.jump(Duration.ofHours(1));
    older.upkeep().sweep();
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(OLD);
    assertThat(newer.upkeep().nodes().nodes())
        .extracting(NodeInfo::layout)
        .containsExactlyInAnyOrder(OLD, NEW);

    NewClosure closure = new NewClosure("c", Closure.Purpose.EXPORT, "copy", 0, null, "");
    newer.transfers().close("org-1", closure, BY);
    Map<String, String> before = dumps(newer);
    older.member().shutdown();
    assertThat(withoutRepeats(dumps(newer))).isEqualTo(withoutRepeats(before));
    HazelcastBackend second = start(2, NEWER);
    newer.upkeep().sweep();
    clock.jump(Duration.ofSeconds(59));
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(OLD);
    assertThat(rises(newer, "org-0")).isEmpty();
    clock.jump(Duration.ofSeconds(1));
    second.upkeep().sweep();
    assertThat(second.upkeep().nodes().layout()).as("the oldest member decides").isEqualTo(OLD);
    newer.upkeep().sweep();
    second.upkeep().sweep();

    assertThat(newer.upkeep().nodes().layout()).isEqualTo(NEW);
    assertThat(second.upkeep().nodes().layout()).isEqualTo(NEW);
    second.upkeep().setTime("org-0", BY);
    assertThat(rises(newer, "org-0"))
        .singleElement()
        .returns("sluice", AuditLine::actor)
        .returns("from " + OLD + " to " + NEW, AuditLine::detail);
    assertThat(rises(newer, "org-1")).as("closed").isEmpty();
    newer.transfers().open("org-1", "c", BY);
    newer.upkeep().sweep();
    newer.upkeep().sweep();
    assertThat(rises(newer, "org-1")).hasSize(1).allMatch(line -> line.times() == 1);
  }

  @Test
  void work_has_a_subject_and_an_index_by_issue_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    enqueue(newer, "a");
    enqueue(older, "b");
    for (String org : ORGS) { // on each of the members
      assertThat(subject(newer, org, "a")).isEqualTo(Subject.NONE);
      assertThat(subject(older, org, "a")).isEqualTo(Subject.NONE);
      assertThat(newer.sessions().headlines(org, List.of("a"))).isEmpty();
      assertThat(newer.sessions().ofIssue(org, "E-1", null, 9).items()).isEmpty();
      assertThatThrownBy(() -> newer.sessions().stages(org, List.of("a")))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UPGRADING));
    }
    assertThatThrownBy(() -> newer.transfers().close("empty", IMPORT, null))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UPGRADING));
    assertThatThrownBy(() -> newer.workers().protect("empty", "w", 1, BY))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UPGRADING));
    replace(older, newer);

    enqueue(newer, "c");
    newer.transfers().close("empty", IMPORT, null);

    for (String org : ORGS) {
      assertThat(newer.sessions().headlines(org, List.of("a", "b", "c")))
          .extracting(Headline::subject)
          .containsExactly(Subject.NONE, Subject.NONE, TITLED);
      assertThat(newer.sessions().stages(org, List.of("a", "c"))).hasSize(2);
      assertThat(subject(newer, org, "c")).isEqualTo(TITLED);
      assertThat(newer.sessions().ofIssue(org, "e-1", null, 9).items())
          .extracting(Session::id)
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void findings_are_recorded_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    List<SeenFinding> seen = List.of(new SeenFinding("dead", "", "", "1 dead letter"));
    for (String org : ORGS) { // on each of the members
      assertThat(newer.findings().observe(org, seen, 60_000, true)).isFalse();
      assertThat(newer.findings().list(org)).isEmpty();
      assertThat(newer.findings().takeNotices(org, List.of(), 9)).isEmpty();
      assertThatThrownBy(() -> newer.findings().acknowledge(org, "dead", BY))
          .isInstanceOf(RefusedException.class);
    }
    replace(older, newer);

    for (String org : ORGS) {
      assertThat(newer.findings().observe(org, seen, 60_000, true)).isTrue();
      assertThat(newer.findings().acknowledge(org, "dead", BY).owner()).isEqualTo("who");
    }
  }

  @Test
  void figures_are_kept_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    enqueue(newer, "a");
    newer.upkeep().sweep();
    older.upkeep().sweep();
    for (String org : ORGS) { // on each of the members
      assertThat(newer.figures().read(org, FigureDimension.PROJECT, 0, Figures.KEPT_MS)).isEmpty();
    }
    replace(older, newer);
    newer.upkeep().sweep();

    HazelcastBackend third = start(2, Layouts.OF_THIS_BUILD);
    for (String org : ORGS) {
      for (HazelcastBackend member : List.of(newer, third)) {
        assertThat(
                member
                    .figures()
                    .read(org, FigureDimension.PROJECT, clock.now() - 1, clock.now() + 1))
            .extracting(bucket -> bucket.total().waiting())
            .containsExactly(1L);
      }
    }
  }

  /** Puts the newer layout in force. */
  private void replace(HazelcastBackend older, HazelcastBackend newer) {
    older.member().shutdown();
    SecondMember.awaitAlone(newer.member());
    newer.upkeep().sweep();
    clock.jump(Duration.ofMinutes(1));
    newer.upkeep().sweep();
  }

  private static void enqueue(HazelcastBackend backend, String id) {
    for (String org : ORGS) {
      backend
          .work()
          .enqueue(
              org,
              List.of(
                  new NewWork(
                      id, id, "E-1", "p", List.of(), null, 5, 1, 0, 0, List.of(), "h", "{}", TITLED,
                      null)));
    }
  }

  private static Subject subject(HazelcastBackend backend, String org, String id) {
    return backend.sessions().find(org, id).subject();
  }

  private static List<AuditLine> rises(HazelcastBackend backend, String org) {
    return backend.audit().list(org, null, 1_000).items().stream()
        .filter(line -> line.verb().equals("raise-layout"))
        .toList();
  }
}
