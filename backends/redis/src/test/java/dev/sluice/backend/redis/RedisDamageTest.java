package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BatchJob;
import dev.sluice.backend.BatchLane;
import dev.sluice.backend.BatchOffer;
import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Lane;
import dev.sluice.backend.LockState;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.NewActivity;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.RefreshRequest;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Rules;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.tck.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * Keys that somebody deleted or wrote over: a call refuses and changes nothing, a poll and a sweep
 * pass them over, health names them, and what is repaired is forgotten.
 */
class RedisDamageTest {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String ORG = "broken";
  private static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);
  private static final Holder HOLDER = new Holder("w", null, 0);
  private static final String STATE = "{broken}:s:bad";
  private static final String CONTENT = "{broken}:p:bad";

  private static RedisServerProcess server;

  private final MovableClock clock = new MovableClock();
  private RedisUnderTest redis;
  private Jedis jedis;
  private int requests;

  /** What may be wrong with a session. */
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
    CONTENT_OF_ANOTHER_TYPE(jedis -> replace(jedis, CONTENT));

    private final java.util.function.Consumer<Jedis> wreck;

    Damage(java.util.function.Consumer<Jedis> wreck) {
      this.wreck = wreck;
    }
  }

  private static void replace(Jedis jedis, String key) {
    jedis.del(key);
    jedis.sadd(key, "somebody else's");
  }

  @BeforeAll
  static void startServer() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    redis = new RedisUnderTest(server, Rules.DEFAULTS, clock);
    jedis = server.connect();
    register("w");
  }

  @AfterEach
  void close() {
    jedis.close();
    redis.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_CONTENT") // that is its death
  void a_poll_passes_over_the_bucket_of_damaged_work(Damage damage) {
    enqueue("bad", "default", 1);
    enqueue("behind", "default", 2);
    enqueue("other", "web", 3);
    damage.wreck.accept(jedis);
    Map<String, Object> before = contents();

    assertThat(take(5)).containsExactly("other");
    assertThat(take(5)).isEmpty();

    assertThat(contents().get(STATE)).isEqualTo(before.get(STATE));
    assertThat(contents().get(CONTENT)).isEqualTo(before.get(CONTENT));
    assertThat(backend().work().counts(ORG).value().ready()).isEqualTo(2);
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
        () -> backend().sessions().stop(ORG, "bad", new StopOrder("", null, null), Place.ANY, BY));
    refused(() -> send("bad"));
    refused(() -> backend().inboxes().ack(ORG, "bad", "1-1", Lane.NORMAL, HOLDER));
    refused(() -> backend().workers().deregister(WORKER, null));
    assertThat(contents()).isEqualTo(before);
    assertHealthNames("session bad");
  }

  /** Keys that a call writes to, and the calls which do. */
  static Stream<Map.Entry<String, BiConsumer<RedisDamageTest, String>>> structures() {
    BiConsumer<RedisDamageTest, String> poll = (test, key) -> test.take(1);
    BiConsumer<RedisDamageTest, String> nack =
        (test, key) -> test.backend().sessions().nack(ORG, "claimed", HOLDER, null);
    BiConsumer<RedisDamageTest, String> stop =
        (test, key) ->
            test.backend()
                .sessions()
                .stop(ORG, "claimed", new StopOrder("", null, null), Place.ANY, BY);
    BiConsumer<RedisDamageTest, String> stopWaiting =
        (test, key) ->
            test.backend()
                .sessions()
                .stop(ORG, "bad", new StopOrder("", null, null), Place.ANY, BY);
    BiConsumer<RedisDamageTest, String> send = (test, key) -> test.send("claimed");
    BiConsumer<RedisDamageTest, String> unread =
        (test, key) -> test.backend().inboxes().counts(ORG);
    BiConsumer<RedisDamageTest, String> lane =
        (test, key) -> test.backend().inboxes().unacknowledged(ORG, Lane.NORMAL, null, 10);
    BiConsumer<RedisDamageTest, String> history =
        (test, key) -> test.backend().inboxes().history(ORG, "claimed");
    BiConsumer<RedisDamageTest, String> enqueue = (test, key) -> test.enqueue("new", "default", 1);
    BiConsumer<RedisDamageTest, String> report =
        (test, key) ->
            test.backend()
                .sessions()
                .report(
                    ORG,
                    "claimed",
                    HOLDER,
                    new StatusReport(SessionState.RUNNING, new TreeMap<>(Map.of("f", "1")), -1));
    BiConsumer<RedisDamageTest, String> end =
        (test, key) ->
            test.backend()
                .sessions()
                .report(
                    ORG,
                    "claimed",
                    HOLDER,
                    new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
    BiConsumer<RedisDamageTest, String> tell =
        (test, key) ->
            test.backend()
                .sessions()
                .addActivity(ORG, "claimed", HOLDER, new NewActivity("thought", "hm"));
    BiConsumer<RedisDamageTest, String> enqueueBehind =
        (test, key) ->
            test.enqueue(
                new NewWork("new", "claimed", "c", "default", List.of(), 1, 1, 0, 0, "hash", "{}"));
    BiConsumer<RedisDamageTest, String> enqueueLater =
        (test, key) -> test.enqueue("new", "default", 1, test.clock.now() + 1_000);
    BiConsumer<RedisDamageTest, String> pause =
        (test, key) ->
            test.backend().queues().pause(ORG, "default", 0, new AuditNote("who", "why"));
    BiConsumer<RedisDamageTest, String> register = (test, key) -> test.register("another");
    BiConsumer<RedisDamageTest, String> deregister =
        (test, key) -> test.backend().workers().deregister(WORKER, null);
    BiConsumer<RedisDamageTest, String> succeed =
        (test, key) -> test.registerOn("machine of w", "successor");
    BiConsumer<RedisDamageTest, String> refresh =
        (test, key) ->
            test.backend()
                .sessions()
                .refresh(ORG, "claimed", HOLDER, new RefreshRequest(true, null));
    BiConsumer<RedisDamageTest, String> tellOfFields =
        (test, key) ->
            test.backend()
                .sessions()
                .addActivity(
                    ORG,
                    "claimed",
                    HOLDER,
                    new NewActivity("tool", "", "grep", new TreeMap<>(Map.of("f", "1"))));
    BiConsumer<RedisDamageTest, String> findPublic =
        (test, key) -> test.backend().sessions().findPublic(ORG, "public");
    BiConsumer<RedisDamageTest, String> addJob = (test, key) -> test.addJob("job");
    BiConsumer<RedisDamageTest, String> addAnother = (test, key) -> test.addJob("another");
    BiConsumer<RedisDamageTest, String> sendWithKey =
        (test, key) -> test.send("claimed", new Idempotency("k", 0, "body"));
    BiConsumer<RedisDamageTest, String> enqueueWithKey =
        (test, key) -> test.enqueue(work("new").bearing(new Idempotency("k", 0, "body")));
    BiConsumer<RedisDamageTest, String> findJob =
        (test, key) -> test.backend().batch().find(ORG, "job");
    BiConsumer<RedisDamageTest, String> askForJobs = (test, key) -> test.pollForJobs();
    BiConsumer<RedisDamageTest, String> heartbeat =
        (test, key) -> test.backend().workers().heartbeat(WORKER, new Heartbeat(0, null, null));
    return Stream.of(
        Map.entry("{broken}:org", poll),
        Map.entry("{broken}:org", enqueue),
        Map.entry("{broken}:org", heartbeat),
        Map.entry("{broken}:org", report),
        Map.entry("{broken}:w:w", poll),
        Map.entry("{broken}:w:w", heartbeat),
        Map.entry("{broken}:w:w", report),
        Map.entry("{broken}:w:w", nack),
        Map.entry("{broken}:heads:ready:1", poll),
        Map.entry("{broken}:heads:ready:1", enqueue),
        Map.entry("{broken}:heads:ready:1", stopWaiting),
        Map.entry("{broken}:heads:ready:1", deregister),
        Map.entry("{broken}:heads:returned:1", nack),
        Map.entry("{broken}:claimed", poll),
        Map.entry("{broken}:claimed", nack),
        Map.entry("{broken}:claimed", end),
        Map.entry("{broken}:claimed:default", nack),
        Map.entry("{broken}:claimed:default", end),
        Map.entry("{broken}:ended", end),
        Map.entry("{broken}:ended", stopWaiting),
        Map.entry("{broken}:archive:claimed", end),
        Map.entry("{broken}:archives", end),
        Map.entry("{broken}:lane:normal", end),
        Map.entry("{broken}:lane:urgent", end),
        Map.entry("{broken}:offered:claimed", end),
        Map.entry("{broken}:a:claimed", tell),
        Map.entry("{broken}:parked:default", enqueueBehind),
        Map.entry("{broken}:i:new", enqueue),
        Map.entry("{broken}:due", enqueueLater),
        Map.entry("{broken}:later:default", enqueueLater),
        Map.entry("{broken}:queues", pause),
        Map.entry("{broken}:workers", register),
        Map.entry("{broken}:workers", deregister),
        Map.entry("{broken}:silent", deregister),
        Map.entry("{broken}:ready:1:default", enqueue),
        Map.entry("{broken}:ready:1:default", stopWaiting),
        Map.entry("{broken}:ready:1:default", deregister),
        Map.entry("{broken}:returned:1:default", nack),
        Map.entry("{broken}:returns:w", nack),
        Map.entry("{broken}:due", nack),
        Map.entry("{broken}:leases", deregister),
        Map.entry("{broken}:graces", stop),
        Map.entry("{broken}:mail:w", send),
        Map.entry("{broken}:mail:w", stop),
        Map.entry("{broken}:messages:claimed", send),
        Map.entry("{broken}:lane:normal", send),
        Map.entry("{broken}:lane:urgent", stop),
        Map.entry("{broken}:lane:normal", refresh),
        Map.entry("{broken}:lane:urgent", unread),
        Map.entry("{broken}:lane:normal", lane),
        Map.entry("{broken}:acked:claimed", history),
        Map.entry("{broken}:r:k", sendWithKey),
        Map.entry("{broken}:replays", sendWithKey),
        Map.entry("{broken}:r:k", enqueueWithKey),
        Map.entry("{broken}:replays", enqueueWithKey),
        Map.entry("{broken}:urgent:claimed", stop),
        Map.entry("{broken}:f:claimed", report),
        Map.entry("{broken}:f:claimed", tellOfFields),
        Map.entry("{broken}:machines", succeed),
        Map.entry("{broken}:machines", deregister),
        Map.entry("{broken}:silent", succeed),
        Map.entry("{broken}:w:w", succeed),
        Map.entry("{broken}:nudges:claimed", send),
        Map.entry("{broken}:nudges:claimed", refresh),
        Map.entry("{broken}:offered:claimed", refresh),
        Map.entry("{broken}:messages:claimed", refresh),
        Map.entry("{broken}:n:public", findPublic),
        Map.entry("{broken}:j:job", addJob),
        Map.entry("{broken}:j:job", findJob),
        Map.entry("{broken}:jobs", addAnother),
        Map.entry("{broken}:jobs", askForJobs),
        Map.entry("{broken}:jobs-over", askForJobs),
        Map.entry("{broken}:audit", pause),
        Map.entry("{broken}:audit", stop),
        Map.entry("{broken}:audit", stopWaiting),
        Map.entry("{broken}:audit", send),
        Map.entry("{broken}:sets", enqueue));
  }

  @ParameterizedTest
  @MethodSource("structures")
  void a_call_that_would_write_to_a_key_of_another_type_changes_nothing(
      Map.Entry<String, BiConsumer<RedisDamageTest, String>> wreck) {
    enqueue("claimed", "default", 1);
    assertThat(take(1)).containsExactly("claimed");
    enqueue("bad", "default", 2);
    send("claimed");
    addJob("job");
    jedis.del(wreck.getKey());
    jedis.set(wreck.getKey(), "somebody else's");
    Map<String, Object> before = contents();

    refused(() -> wreck.getValue().accept(this, wreck.getKey()));

    assertThat(contents()).isEqualTo(before);
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
  void a_dead_letter_whose_list_is_of_another_type_stays_as_it_is() {
    long due = clock.now() + 1;
    enqueue(new NewWork("dead", "dead", "dead", "default", List.of(), 1, 1, 0, due, "hash", "{}"));
    clock.jump(Duration.ofMillis(2));
    backend().upkeep().sweep();
    jedis.del("{broken}:dead:default");
    jedis.set("{broken}:dead:default", "somebody else's");
    Map<String, Object> before = contents();

    refused(() -> backend().sessions().requeue(ORG, "dead", Place.ANY, BY));
    refused(
        () -> backend().sessions().stop(ORG, "dead", new StopOrder("", null, null), Place.ANY, BY));

    assertThat(contents()).isEqualTo(before);
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
      jedis.del("{broken}:s:bad-" + i);
    }
    enqueue("other", "web", 3);
    enqueue("another", "web", 4);

    assertThat(take(1)).containsExactly("other");
    assertThat(take(5)).containsExactly("another");
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

    assertThat(backend().inboxes().unacknowledged(ORG, Lane.NORMAL, null, 10).value().items())
        .singleElement()
        .satisfies(message -> assertThat(message.sessionId()).isEqualTo("good"));
    backend().sessions().stop(ORG, "bad", new StopOrder("", null, null), Place.ANY, BY);
    backend()
        .sessions()
        .report(ORG, "bad", HOLDER, new StatusReport(SessionState.STOPPED, new TreeMap<>(), -1));

    assertThat(backend().inboxes().counts(ORG).value().normal()).isEqualTo(1);
  }

  @Test
  void what_was_acknowledged_may_be_damaged_and_a_message_is_acknowledged_all_the_same() {
    enqueue("bad", "default", 1);
    assertThat(take(5)).containsExactly("bad");
    send("bad");
    jedis.set("{broken}:acked:bad", "somebody else's");
    String message = backend().inboxes().list(ORG, "bad").value().get(0).id();

    assertThat(backend().inboxes().ack(ORG, "bad", message, Lane.NORMAL, HOLDER).value().known())
        .isTrue();

    assertThat(backend().inboxes().list(ORG, "bad").value()).isEmpty();
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
        backend().sessions().refresh(ORG, "bad", HOLDER, new RefreshRequest(true, null)).value();

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

    assertThat(backend().batch().find(ORG, "good").value().state())
        .isEqualTo(BatchJob.State.WAITING);
    assertHealthNames("job bad");
  }

  @Test
  void what_was_repaired_is_handed_out_and_no_longer_named() {
    enqueue("bad", "default", 1);
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

    assertThat(backend().work().counts(ORG).value().ready()).isEqualTo(1);
    assertThat(backend().work().counts(ORG).value().claimed()).isEqualTo(1);
    assertHealthNames("session bad");
  }

  private void refused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.DAMAGED));
  }

  private void assertHealthNames(String what) {
    assertThat(backend().upkeep().health().warnings())
        .anySatisfy(warning -> assertThat(warning).contains(what));
  }

  /** All that is stored, but for the names of damaged records. */
  private Map<String, Object> contents() {
    Map<String, Object> contents = new TreeMap<>();
    for (String key : jedis.keys("*")) {
      contents.put(
          key,
          switch (jedis.type(key)) {
            case "string" -> jedis.get(key);
            case "hash" -> new TreeMap<>(jedis.hgetAll(key));
            case "set" -> new TreeSet<>(jedis.smembers(key));
            case "list" -> jedis.lrange(key, 0, -1);
            case "zset" -> jedis.zrangeWithScores(key, 0, -1);
            default -> throw new AssertionError(key + " is a " + jedis.type(key));
          });
    }
    contents.remove("{broken}:damaged");
    return contents;
  }

  private QueueBackend backend() {
    return redis.backend();
  }

  private void register(String worker, String... projects) {
    registerOn("machine of " + worker, worker, projects);
  }

  private void registerOn(String machine, String worker, String... projects) {
    backend()
        .workers()
        .register(
            ORG,
            new Registration(
                worker,
                "k",
                Dialect.STANDARD,
                "host",
                10,
                List.of(projects),
                List.of(BatchLane.CAPABILITY),
                false,
                machine,
                "{}"));
  }

  private void enqueue(String id, String project, int priority) {
    enqueue(id, project, priority, 0);
  }

  private void enqueue(String id, String project, int priority, long notBefore) {
    enqueue(
        new NewWork(
            id,
            id,
            id,
            project,
            List.of(),
            priority,
            1,
            notBefore,
            0,
            "hash",
            "{\"id\":\"" + id + "\"}"));
  }

  private void enqueue(NewWork work) {
    Refusal refusal = backend().work().enqueue(ORG, List.of(work)).value().get(0).refusal();
    if (refusal != null) {
      throw new RefusedException(refusal, work.sessionId(), null, 0);
    }
  }

  private void addJob(String id) {
    NewBatchJob job = new NewBatchJob(id, "hash", "{\"job\":\"" + id + "\"}");
    Refusal refusal = backend().batch().add(ORG, List.of(job)).value().get(0).refusal();
    if (refusal != null) {
      throw new RefusedException(refusal, id, null, 0);
    }
  }

  private List<String> pollForJobs() {
    PollRequest request = new PollRequest(WORKER, "r-" + ++requests, 0, true);
    return backend().workers().poll(request).value().batch().stream()
        .map(BatchOffer::jobId)
        .toList();
  }

  private PollResult poll(int max) {
    return backend().workers().poll(new PollRequest(WORKER, "r-" + ++requests, max)).value();
  }

  private List<String> take(int max) {
    return poll(max).work().stream().map(ClaimedWork::sessionId).toList();
  }

  private void report(SessionState state) {
    backend().sessions().report(ORG, "bad", HOLDER, new StatusReport(state, new TreeMap<>(), -1));
  }

  private void send(String session) {
    send(session, null);
  }

  private void send(String session, Idempotency call) {
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null);
    backend().inboxes().send(ORG, session, message.bearing(call), BY);
  }

  private static NewWork work(String id) {
    return new NewWork(id, id, id, "default", List.of(), 1, 1, 0, 0, "hash", "{}");
  }
}
