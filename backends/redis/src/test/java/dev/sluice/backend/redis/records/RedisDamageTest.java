package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * Keys that somebody deleted or wrote over: a call refuses and changes nothing, a poll and a sweep
 * pass them over, health names them, and what is repaired is forgotten.
 */
class RedisDamageTest extends DamagedRedis {

  private static final String STATE = "{broken}:s:bad";
  private static final String CONTENT = "{broken}:p:bad";
  private static final String EVENTS = "{broken}:events";

  enum Damage {
    NO_STATE(jedis -> jedis.del(STATE)),
    STATE_OF_ANOTHER_TYPE(jedis -> replace(jedis, STATE)),
    STATE_OF_ANOTHER_SHAPE(jedis -> jedis.set(STATE, "garbage")),
    EMPTY_STATE(jedis -> jedis.set(STATE, "")),
    CUT_STATE(jedis -> jedis.set(STATE, jedis.get(STATE).substring(0, 20))),
    STATE_OF_ANOTHER_PROJECT(
        jedis -> jedis.set(STATE, jedis.get(STATE).replaceFirst("default", "other"))),
    STATE_WITH_A_WORD_FOR_A_NUMBER(
        jedis -> jedis.set(STATE, jedis.get(STATE).replaceFirst("\\d+\u001e", "yesterday\u001e"))),
    NO_CONTENT(jedis -> jedis.del(CONTENT)),
    CUT_CONTENT(jedis -> jedis.set(CONTENT, jedis.get(CONTENT).substring(0, 20))),
    CONTENT_OF_ANOTHER_TYPE(jedis -> replace(jedis, CONTENT));

    private final Consumer<Jedis> wreck;

    Damage(Consumer<Jedis> wreck) {
      this.wreck = wreck;
    }
  }

  private static void replace(Jedis jedis, String key) {
    jedis.del(key);
    jedis.sadd(key, "somebody else's");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_CONTENT") // that is its death
  void a_poll_passes_over_the_bucket_of_damaged_work(Damage damage) {
    enqueue("bad", "default", 2);
    // Its score is no longer that of its enqueue, so it needs its line.
    backend().work().reprioritise(ORG, "bad", 1, BY);
    enqueue("behind", "default", 2);
    enqueue("other", "web", 3);
    damage.wreck.accept(jedis);
    Map<String, Object> before = contents();

    assertThat(take(5)).containsExactly("other");
    assertThat(take(5)).isEmpty();

    assertThat(contents().get(STATE)).isEqualTo(before.get(STATE));
    assertThat(contents().get(CONTENT)).isEqualTo(before.get(CONTENT));
    assertThat(backend().work().counts(ORG).ready()).isEqualTo(2);
    assertHealthNames("session bad");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"NO_STATE", "STATE_OF_ANOTHER_TYPE", "STATE_OF_ANOTHER_SHAPE", "EMPTY_STATE"})
  void calls_about_damaged_claimed_work_change_nothing(Damage damage) {
    enqueue("bad", "default", 1);
    assertThat(take(1)).containsExactly("bad");
    send("bad");
    damage.wreck.accept(jedis);

    Map<String, Object> before = contents();
    refused(() -> backend().sessions().find(ORG, "bad"));
    refused(() -> report(SessionState.RUNNING));
    refused(() -> report(SessionState.COMPLETED));
    refused(() -> backend().sessions().nack(ORG, "bad", HOLDER, null));
    refused(
        () ->
            backend().sessions().stop(ORG, "bad", new StopMessage("", null, null), Place.ANY, BY));
    refused(() -> send("bad"));
    refused(() -> backend().inboxes().ack(ORG, "bad", "1-1", Lane.NORMAL, HOLDER));
    refused(() -> backend().workers().deregister(WORKER, null));
    assertThat(contents()).isEqualTo(before);
    assertHealthNames("session bad");
  }

  @Test
  void a_poll_passes_over_work_of_a_project_whose_list_of_claims_is_of_another_type() {
    enqueue("bad", "default", 1);
    enqueue("good", "other", 2);
    jedis.set("{broken}:claimed:default", "somebody else's");

    assertThat(take(2)).containsExactly("good");
    assertHealthNames("session bad");

    jedis.del("{broken}:claimed:default");
    assertThat(take(1)).containsExactly("bad");
  }

  @Test
  void an_answer_of_another_shape_is_refused_until_its_time_is_over() {
    NewWork work = work("new").bearing(new Idempotency("k", 0, "body"));
    enqueue(work);
    for (String field : List.of("0", "body")) {
      jedis.hset("{broken}:r:k", field, "garbage");
      Map<String, Object> before = contents();

      refused(() -> enqueue(work));

      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void an_org_whose_numbers_are_garbage_is_refused() {
    enqueue("bad", "default", 1);
    jedis.hset("{broken}:org", "numbers", "1 2 three");
    Map<String, Object> before = contents();

    refused(() -> take(1));
    refused(() -> enqueue("new", "default", 1));
    refused(() -> backend().work().counts(ORG));

    assertThat(contents()).isEqualTo(before);
    backend().upkeep().sweep();
    assertHealthNames("org broken can't be swept");
  }

  @Test
  void a_bucket_that_is_gone_hides_no_other() {
    enqueue("bad", "default", 1);
    enqueue("other", "web", 3);
    jedis.del("{broken}:ready:1:default");

    assertThat(take(5)).containsExactly("other");
    assertHealthNames("bucket ready:1:default");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_poll_passes_over_many_damaged_buckets(boolean namesProjects) {
    if (namesProjects) {
      List<String> all = IntStream.range(0, 20).mapToObj(i -> "project-" + i).toList();
      backend().workers().deregister(WORKER, null);
      register("w", Stream.concat(all.stream(), Stream.of("web")).toArray(String[]::new));
    }
    for (int i = 0; i < 20; i++) {
      enqueue("bad-" + i, "project-" + i, 1);
      jedis.set("{broken}:s:bad-" + i, "garbage");
    }
    enqueue("other", "web", 3);
    enqueue("another", "web", 4);

    assertThat(take(1)).containsExactly("other");
    assertThat(take(5)).containsExactly("another");
  }

  @Test
  void a_damaged_event_log_loses_events_only() {
    jedis.del(EVENTS);
    jedis.set(EVENTS, "somebody else's");

    enqueue("bad", "default", 1);
    assertThat(take(1)).containsExactly("bad");
    send("bad");
    report(SessionState.COMPLETED);
    backend().upkeep().sweep();
    assertHealthNames("event log");
    refused(() -> backend().events().after(ORG, 0, 9));
    assertThat(jedis.get(EVENTS)).isEqualTo("somebody else's");

    jedis.del(EVENTS);
    enqueue("good", "default", 1);
    assertThat(backend().events().after(ORG, 0, 9).events())
        .extracting(LoggedEvent::number, LoggedEvent::sessionId)
        .containsExactly(tuple(1L, "good"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", "1\u001fUNHEARD_OF\u001f\u001f\u001f\u001f", "1\u001fQUEUE_PAUSED"})
  void a_damaged_event_is_refused_and_goes_as_the_oldest(String line) {
    enqueue("bad", "default", 1);
    enqueue("good", "default", 1);
    jedis.lset(EVENTS, 1, line);

    refused(() -> backend().events().after(ORG, 0, 9));
    refused(() -> backend().events().after(ORG, 1, 9));
    assertThat(backend().events().after(ORG, 0, 1).events()).hasSize(1);
    jedis.lpop(EVENTS);
    backend().upkeep().sweep();

    assertThat(backend().events().after(ORG, 1, 9).events())
        .extracting(LoggedEvent::number, LoggedEvent::sessionId)
        .containsExactly(tuple(2L, "good"));
  }

  @Test
  void a_damaged_inbox_hides_no_other() {
    enqueue("bad", "default", 1);
    enqueue("good", "default", 1);
    assertThat(take(5)).containsExactly("bad", "good");
    send("bad");
    send("good");
    jedis.del("{broken}:messages:bad");

    assertThat(poll(5).messages())
        .singleElement()
        .satisfies(message -> assertThat(message.sessionId()).isEqualTo("good"));
    assertHealthNames("inbox bad");
  }

  @Test
  void a_damaged_inbox_takes_no_place_on_a_page_of_its_lane_and_none_when_it_has_ended() {
    enqueue("bad", "default", 1);
    enqueue("good", "default", 1);
    assertThat(take(5)).containsExactly("bad", "good");
    send("bad");
    send("good");
    jedis.del("{broken}:messages:bad");

    assertThat(backend().inboxes().unacknowledged(ORG, Lane.NORMAL, null, 10).items())
        .singleElement()
        .satisfies(message -> assertThat(message.sessionId()).isEqualTo("good"));
    backend().sessions().stop(ORG, "bad", new StopMessage("", null, null), Place.ANY, BY);
    backend()
        .sessions()
        .report(ORG, "bad", HOLDER, new StatusReport(SessionState.STOPPED, new TreeMap<>(), -1));

    assertThat(backend().inboxes().counts(ORG).normal()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAIMED", "READY", "ENDED"})
  void damaged_fields_of_a_session_hide_no_other_of_a_list(Place place) {
    StatusReport running =
        new StatusReport(SessionState.RUNNING, new TreeMap<>(Map.of("f", "1")), -1);
    StatusReport completed = new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);
    Sessions sessions = backend().sessions();
    for (String id : List.of("bad", "good")) {
      enqueue(new NewWork(id, id, "ENG-1", "default", List.of(), 1, 1, 0, 0, "hash", "{}"));
    }
    for (String id : take(2)) {
      sessions.report(ORG, id, HOLDER, running);
      switch (place) {
        case READY -> sessions.requeue(ORG, id, Place.ANY, BY);
        case ENDED -> sessions.report(ORG, id, HOLDER, completed);
        default -> {}
      }
    }
    replace(jedis, "{broken}:f:bad");

    assertGood(sessions.ofIssue(ORG, "ENG-1", null, 9));
    if (place == Place.READY) {
      assertGood(backend().work().list(ORG, "default", place, null, 9));
      assertThat(backend().work().standings(ORG, "default", place, null, 9).items())
          .extracting(standing -> standing.session().id())
          .containsExactly("good");
    } else {
      assertGood(sessions.rows(ORG, null, place, null, 9));
      assertGood(sessions.list(ORG, place, null, 9));
    }
  }

  private static void assertGood(Page<Session> page) {
    assertThat(page.items()).extracting(Session::id).containsExactly("good");
  }

  @Test
  void what_was_acknowledged_may_be_damaged_and_a_message_is_acknowledged_all_the_same() {
    enqueue("bad", "default", 1);
    assertThat(take(5)).containsExactly("bad");
    send("bad");
    jedis.set("{broken}:acked:bad", "somebody else's");
    String message = backend().inboxes().list(ORG, "bad").get(0).id();

    assertThat(backend().inboxes().ack(ORG, "bad", message, Lane.NORMAL, HOLDER).known()).isTrue();

    assertThat(backend().inboxes().list(ORG, "bad")).isEmpty();
  }

  @Test
  void a_message_that_is_gone_keeps_no_session_from_its_refresh() {
    enqueue("bad", "default", 1);
    assertThat(take(5)).containsExactly("bad");
    backend()
        .inboxes()
        .send(ORG, "bad", new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, "go", null, null), BY);
    jedis.del("{broken}:messages:bad");

    LockState state =
        backend().sessions().refresh(ORG, "bad", HOLDER, new RefreshRequest(true, null));

    assertThat(state.stop()).isFalse();
    assertThat(state.inject()).isNull();
    assertHealthNames("inbox bad");
  }

  @Test
  void a_damaged_job_hides_no_other() {
    for (int i = 0; i < 20; i++) {
      addJob("bad-" + i);
      jedis.del("{broken}:j:bad-" + i);
    }
    addJob("good");

    assertThat(pollForJobs()).containsExactly("good");
    assertHealthNames("job bad-0");
  }

  @Test
  void the_end_of_a_damaged_jobs_offer_keeps_no_other_from_its_own() {
    addJob("bad");
    addJob("good");
    assertThat(pollForJobs()).containsExactly("bad", "good");
    jedis.hset("{broken}:j:bad", "state", "garbage");
    clock.jump(Duration.ofMillis(Rules.DEFAULTS.visibilityMs()));

    backend().upkeep().sweep();

    assertThat(backend().batch().find(ORG, "good").state()).isEqualTo(BatchJob.State.WAITING);
    assertHealthNames("job bad");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "STATE_OF_ANOTHER_TYPE",
        "STATE_OF_ANOTHER_SHAPE",
        "CUT_CONTENT",
        "CONTENT_OF_ANOTHER_TYPE"
      })
  void and_over_work_as_it_was_enqueued(Damage damage) {
    enqueue("bad", "default", 1);
    enqueue("other", "web", 3);
    damage.wreck.accept(jedis);

    assertThat(take(5)).containsExactly("other");
    refused(() -> backend().sessions().find(ORG, "bad"));
    assertHealthNames("session bad");
  }

  @Test
  void work_that_waits_as_at_its_enqueue_has_one_key_of_its_own() {
    enqueue("bad", "default", 1);
    assertThat(jedis.keys("*bad")).containsExactly(CONTENT);

    jedis.del("{broken}:ready:1:default");
    refused(() -> backend().sessions().find(ORG, "bad"));
  }

  @Test
  void what_was_repaired_is_handed_out_and_no_longer_named() {
    enqueue("bad", "default", 2);
    backend().work().reprioritise(ORG, "bad", 1, BY);
    String state = jedis.get(STATE);
    jedis.set(STATE, "garbage");
    assertThat(take(1)).isEmpty();
    assertHealthNames("session bad");

    jedis.set(STATE, state);
    assertThat(take(1)).containsExactly("bad");
    backend().upkeep().sweep();
    assertThat(backend().upkeep().health().warnings()).isEmpty();
  }

  @Test
  void a_sweep_takes_back_what_it_can_read() {
    enqueue("bad", "default", 1);
    enqueue("good", "default", 1);
    assertThat(take(5)).containsExactly("bad", "good");
    jedis.set(STATE, "garbage");
    backend().upkeep().sweep();

    for (int i = 0; i < 20; i++) {
      clock.jump(Duration.ofSeconds(10));
      backend().upkeep().sweep();
    }

    assertThat(backend().work().counts(ORG).ready()).isEqualTo(1);
    assertThat(backend().work().counts(ORG).claimed()).isEqualTo(1);
    assertHealthNames("session bad");
  }

  @Test
  void the_bytes_of_an_org_stay_right_when_work_with_a_cut_content_is_deleted() {
    long before = backend().work().storedBytes(ORG);
    enqueue("bad", "default", 1);
    backend().sessions().stop(ORG, "bad", new StopMessage("", null, null), Place.ANY, BY);
    jedis.set(CONTENT, jedis.get(CONTENT).substring(0, 20));

    clock.jump(Duration.ofMillis(Rules.DEFAULTS.kept().endedMs()));
    backend().upkeep().sweep();

    assertThat(jedis.keys("*:bad")).isEmpty();
    assertThat(backend().work().storedBytes(ORG)).isEqualTo(before);
  }
}
