package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedisOldLinesTest extends DamagedRedis {

  private static final Subject FIX = new Subject("Fix 1%1 of it\u2026", "main", "opus");
  private static final String ITEM = "{\"prompt\":\"Fix 1%1 of it at once\"}";

  private static final Duration BACK_OFF = Duration.ofMillis(Rules.DEFAULTS.nackBackoffMs());

  @Test
  void nacked_work_without_nackers_is_kept_from_who_nacked_it() {
    nackBefore();

    assertThat(session().nackers())
        .containsExactly(new Nacker("w", 1, clock.now() + BACK_OFF.toMillis()));
    assertThat(take(1)).isEmpty();
    clock.jump(BACK_OFF);
    assertThat(take(1)).containsExactly("a");
    backend().sessions().nack(ORG, "a", HOLDER, null);
    assertThat(session().returnUntilMs()).isEqualTo(clock.now() + 2 * BACK_OFF.toMillis());
  }

  @Test
  void its_nacker_is_kept_by_the_claim_of_another() {
    nackBefore();
    register("other");

    assertThat(takeAs("other", 1)).containsExactly("a");

    assertThat(session().place()).isEqualTo(Place.CLAIMED);
    assertThat(session().nackers()).extracting(Nacker::workerId).containsExactly("w");
    assertThat(jedis.exists("{broken}:returns:w")).isFalse();
  }

  @Test
  void work_of_layout_7_has_no_subject() {
    enqueue(titled("a"));
    String content = jedis.get("{broken}:p:a");
    String old = content.replaceFirst("\u001f[^\u001f\n]*\n.*", "\n" + ITEM);
    assertThat(old).hasSizeLessThan(content.length());
    jedis.set("{broken}:p:a", old);

    assertThat(session().subject()).isEqualTo(Subject.NONE);
    assertThat(backend().sessions().headlines(ORG, List.of("a")))
        .containsExactly(new Headline("a", "a", null, Subject.NONE));
    assertThat(take(1)).containsExactly("a");
    assertThat(session().subject()).isEqualTo(Subject.NONE);
  }

  @Test
  void an_org_of_layout_7_gets_no_subjects() {
    enqueue("first", "default", 9);
    setLayout(7);

    enqueue(titled("a"));
    assertThat(fields("a")).isEqualTo(fields("first") - 1);
    assertThat(session().subject()).isEqualTo(Subject.NONE);
    assertThat(session().item()).isEqualTo(ITEM);
    assertThat(jedis.get("{broken}:p:a")).endsWith(ITEM);

    setLayout(8);
    enqueue(titled("b"));
    assertThat(fields("b")).isEqualTo(fields("first"));
    assertThat(backend().sessions().find(ORG, "b"))
        .returns(FIX, Session::subject)
        .returns(ITEM, Session::item);
    assertThat(jedis.get("{broken}:p:b")).endsWith("{\"prompt\":\"\0 at once\"}");
    assertThat(take(3)).containsExactly("a", "b", "first");
  }

  @Test
  void an_org_of_layout_7_gets_no_findings() {
    enqueue("first", "default", 9);
    setLayout(7);
    List<SeenFinding> seen = List.of(new SeenFinding("dead", "", "", "1 dead letter"));

    assertThat(backend().findings().observe(ORG, seen, 60_000, true)).isFalse();
    assertThat(backend().findings().list(ORG)).isEmpty();
    assertThat(backend().findings().takeNotices(ORG, List.of(), 9)).isEmpty();
    assertThatThrownBy(() -> backend().findings().mute(ORG, "dead", 0, BY))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_FINDING));
    assertThat(jedis.exists("{broken}:findings")).isFalse();
  }

  @Test
  void an_org_of_layout_7_gets_no_events() {
    enqueue("a", "default", 8);
    long before = backend().events().after(ORG, 0, 9).latest();
    setLayout(7);
    enqueue("b", "default", 9);
    assertThat(take(1)).containsExactly("a");
    backend().upkeep().sweep();
    assertThat(backend().events().after(ORG, 0, 9).latest()).isEqualTo(before);

    setLayout(8);
    assertThat(take(1)).containsExactly("b");
    assertThat(backend().events().after(ORG, before, 9).events())
        .extracting(LoggedEvent::number, LoggedEvent::type, LoggedEvent::sessionId)
        .containsExactly(tuple(before + 1, EventType.SESSION_CLAIMED, "b"));
  }

  @Test
  void work_of_layout_7_is_not_found_by_its_issue_and_leaves_nothing() {
    enqueue("first", "default", 9);
    setLayout(7);
    enqueue(ofIssue("a"));
    assertThat(jedis.keys("{broken}:x:*")).isEmpty();
    setLayout(8);
    enqueue(ofIssue("b"));

    assertThat(found("eng-1")).containsExactly("b");
    for (String id : List.of("a", "b")) {
      backend().sessions().stop(ORG, id, new StopMessage("", null, null), Place.ANY, BY);
    }
    clock.jump(Duration.ofMillis(Rules.DEFAULTS.kept().endedMs()));
    backend().upkeep().sweep();
    assertThat(found("ENG-1")).isEmpty();
    assertThat(jedis.keys("{broken}:[px]:*")).containsExactly("{broken}:p:first");
  }

  private List<String> found(String issue) {
    return backend().sessions().ofIssue(ORG, issue, null, 9).items().stream()
        .map(Session::id)
        .toList();
  }

  private static NewWork ofIssue(String id) {
    return new NewWork(id, id, "ENG-1", "default", List.of(), 1, 1, 0, 0, "hash", "{}");
  }

  @Test
  void an_issue_of_layout_7_is_split_by_the_sweeps_of_layout_8() {
    setLayout(7);
    enqueueAll(ofIssue("a", "web"), ofIssue("b", "app"), ofIssue("c", "app"), ofIssue("d", "web"));
    assertThat(place("b")).isEqualTo(Place.PARKED);
    assertThat(standing("b"))
        .returns(null, Standing::behind)
        .returns(false, Standing::behindClaimed);
    assertThat(standing("d").behind()).isEqualTo("a");
    assertThat(take(5)).containsExactly("a");

    setLayout(8);
    enqueue(ofIssue("e", "ops"));
    assertThat(place("e")).as("until the next sweep").isEqualTo(Place.PARKED);
    assertThat(standing("e"))
        .returns(null, Standing::behind)
        .returns(true, Standing::behindClaimed);
    backend().upkeep().sweep();

    assertThat(jedis.keys("{broken}:i:*"))
        .containsExactlyInAnyOrder(
            "{broken}:i:i\u001dapp", "{broken}:i:i\u001dops", "{broken}:i:i\u001dweb");
    assertThat(take(5)).containsExactly("b", "e");
    assertThat(place("c")).isEqualTo(Place.PARKED);
    assertThat(place("d")).isEqualTo(Place.PARKED);
    end("a");
    end("b");
    assertThat(take(5)).containsExactly("c", "d");
    for (String id : List.of("c", "d", "e")) {
      end(id);
    }
    assertThat(jedis.keys("{broken}:i:*")).isEmpty();
    backend().upkeep().sweep();
    assertThat(jedis.hexists("{broken}:org", "looked")).isFalse();
  }

  @Test
  void an_issue_of_layout_7_with_a_damaged_session_is_split_once_that_is_repaired() {
    setLayout(7);
    enqueueAll(ofIssue("a", "web"), ofIssue("b", "app"));
    String content = jedis.get("{broken}:p:a");
    jedis.set("{broken}:p:a", "damaged");
    setLayout(8);

    backend().upkeep().sweep();
    assertThat(place("b")).isEqualTo(Place.PARKED);
    jedis.set("{broken}:p:a", content);
    backend().upkeep().sweep();

    assertThat(take(5)).containsExactly("a", "b");
  }

  @Test
  void a_step_of_a_sweep_splits_few_entries_of_large_issues_of_layout_7() {
    setLayout(7);
    List<NewWork> all = new ArrayList<>();
    for (int n = 1000; n < 1600; n++) {
      all.add(ofIssue(n + "i", "web", "i"));
      all.add(ofIssue(n + "k", "web", "k"));
      all.add(ofIssue(n + "l", "web", "l"));
    }
    backend().work().enqueue(ORG, all);
    setLayout(8);

    backend().upkeep().sweepStep(ORG);

    assertThat(jedis.keys("{broken}:i:?")).hasSize(1);
    backend().upkeep().sweep();
    assertThat(jedis.keys("{broken}:i:?")).isEmpty();
    assertThat(take(5)).containsExactly("1000i", "1000k", "1000l");
  }

  @Test
  void an_issue_of_layout_7_that_is_split_in_part_holds_for_all() {
    setLayout(7);
    List<NewWork> all = new ArrayList<>();
    for (int n = 1000; n < 2200; n++) {
      all.add(ofIssue("s" + n, n % 2 == 0 ? "web" : "app"));
    }
    backend().work().enqueue(ORG, all);
    setLayout(8);
    backend().upkeep().sweepStep(ORG);
    assertThat(jedis.zcard("{broken}:i:i")).isEqualTo(200);

    assertThat(take(5)).containsExactly("s1000");
    enqueue(ofIssue("s0", "web"));
    assertThat(place("s0")).isEqualTo(Place.PARKED);
    backend().work().reprioritise(ORG, "s2100", 1, BY);
    backend().work().reprioritise(ORG, "s2102", 2, BY);
    backend()
        .sessions()
        .stop(ORG, "s2199", new StopMessage("enough", "usr-1", null), Place.ANY, BY);
    backend().upkeep().sweep();

    assertThat(jedis.zcard("{broken}:i:i\u001dweb")).isEqualTo(601);
    assertThat(jedis.zcard("{broken}:i:i\u001dapp")).isEqualTo(599);
    assertThat(take(5)).containsExactly("s1001");
    end("s1000");
    assertThat(take(5)).containsExactly("s0");
  }

  private static NewWork ofIssue(String id, String project, String issue) {
    return new NewWork(id, issue, id, project, List.of(), 1, 1, 0, 0, "hash", "{}");
  }

  private static NewWork ofIssue(String id, String project) {
    return ofIssue(id, project, "i");
  }

  private void enqueueAll(NewWork... items) {
    for (NewWork item : items) {
      enqueue(item);
    }
  }

  private Place place(String id) {
    return backend().sessions().find(ORG, id).place();
  }

  private Standing standing(String id) {
    return backend().work().standing(ORG, id);
  }

  private void end(String id) {
    StatusReport done = new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);
    backend().sessions().report(ORG, id, HOLDER, done);
  }

  private void setLayout(int layout) {
    String now = jedis.hget("{broken}:org", "numbers");
    jedis.hset("{broken}:org", "numbers", now.replaceFirst("\\d+$", String.valueOf(layout)));
  }

  /** Counts the fields in the head of its content. */
  private long fields(String id) {
    String head = jedis.get("{broken}:p:" + id).lines().findFirst().orElseThrow();
    return head.chars().filter(c -> c == '\u001f').count() + 1;
  }

  private static NewWork titled(String id) {
    return new NewWork(
        id, id, id, "default", List.of(), null, 1, 1, 0, 0, List.of(), "hash", ITEM, FIX, null);
  }

  private void nackBefore() {
    enqueue("a", "default", 1);
    assertThat(take(1)).containsExactly("a");
    backend().sessions().nack(ORG, "a", HOLDER, null);
    String line = jedis.get("{broken}:s:a");
    String old = line.replaceFirst("\u001f(\\d+)\u001dw\u001d1\u001d\\d+\u001f", "\u001f$1\u001f");
    assertThat(old).hasSizeLessThan(line.length());
    jedis.set("{broken}:s:a", old);
  }

  private Session session() {
    return backend().sessions().find(ORG, "a");
  }
}
