package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.redis.reply.PublicName;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of another type: a call that needs one refuses and changes nothing. */
class RedisKeyTypesTest extends DamagedRedis {

  static Stream<Map.Entry<String, BiConsumer<RedisKeyTypesTest, String>>> structures() {
    BiConsumer<RedisKeyTypesTest, String> poll = (test, key) -> test.take(1);
    BiConsumer<RedisKeyTypesTest, String> nack =
        (test, key) -> test.backend().sessions().nack(ORG, "claimed", HOLDER, null);
    BiConsumer<RedisKeyTypesTest, String> claim =
        (test, key) -> test.backend().sessions().claim(ORG, "bad", WORKER);
    BiConsumer<RedisKeyTypesTest, String> stop =
        (test, key) ->
            test.backend()
                .sessions()
                .stop(ORG, "claimed", new StopMessage("", null, null), Place.ANY, BY);
    BiConsumer<RedisKeyTypesTest, String> stopWaiting =
        (test, key) ->
            test.backend()
                .sessions()
                .stop(ORG, "bad", new StopMessage("", null, null), Place.ANY, BY);
    BiConsumer<RedisKeyTypesTest, String> send = (test, key) -> test.send("claimed");
    BiConsumer<RedisKeyTypesTest, String> unread =
        (test, key) -> test.backend().inboxes().counts(ORG);
    BiConsumer<RedisKeyTypesTest, String> lane =
        (test, key) -> test.backend().inboxes().unacknowledged(ORG, Lane.NORMAL, null, 10);
    BiConsumer<RedisKeyTypesTest, String> history =
        (test, key) -> test.backend().inboxes().history(ORG, "claimed");
    BiConsumer<RedisKeyTypesTest, String> enqueue =
        (test, key) -> test.enqueue("new", "default", 1);
    BiConsumer<RedisKeyTypesTest, String> report =
        (test, key) ->
            test.backend()
                .sessions()
                .report(
                    ORG,
                    "claimed",
                    HOLDER,
                    new StatusReport(SessionState.RUNNING, new TreeMap<>(Map.of("f", "1")), -1));
    BiConsumer<RedisKeyTypesTest, String> end =
        (test, key) ->
            test.backend()
                .sessions()
                .report(
                    ORG,
                    "claimed",
                    HOLDER,
                    new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
    BiConsumer<RedisKeyTypesTest, String> tell =
        (test, key) ->
            test.backend()
                .sessions()
                .addActivity(ORG, "claimed", HOLDER, new NewActivity("thought", "hm"));
    BiConsumer<RedisKeyTypesTest, String> enqueueBehind =
        (test, key) ->
            test.enqueue(
                new NewWork("new", "claimed", "c", "default", List.of(), 1, 1, 0, 0, "hash", "{}"));
    BiConsumer<RedisKeyTypesTest, String> enqueueOnRepository =
        (test, key) ->
            test.enqueue(
                new NewWork(
                    "new",
                    "new",
                    "n",
                    "default",
                    List.of(),
                    "a",
                    1,
                    1,
                    0,
                    0,
                    List.of(),
                    "hash",
                    "{}",
                    Subject.NONE,
                    null));
    BiConsumer<RedisKeyTypesTest, String> enqueueLater =
        (test, key) -> test.enqueue("new", "default", 1, test.clock.now() + 1_000);
    BiConsumer<RedisKeyTypesTest, String> pause =
        (test, key) ->
            test.backend().queues().pause(ORG, "default", 0, new AuditNote("who", "why"));
    BiConsumer<RedisKeyTypesTest, String> register = (test, key) -> test.register("another");
    BiConsumer<RedisKeyTypesTest, String> deregister =
        (test, key) -> test.backend().workers().deregister(WORKER, null);
    BiConsumer<RedisKeyTypesTest, String> succeed =
        (test, key) -> test.registerOn("machine of w", "successor");
    BiConsumer<RedisKeyTypesTest, String> refresh =
        (test, key) ->
            test.backend()
                .sessions()
                .refresh(ORG, "claimed", HOLDER, new RefreshRequest(true, null));
    BiConsumer<RedisKeyTypesTest, String> tellOfFields =
        (test, key) ->
            test.backend()
                .sessions()
                .addActivity(
                    ORG,
                    "claimed",
                    HOLDER,
                    new NewActivity("tool", "", "grep", new TreeMap<>(Map.of("f", "1"))));
    BiConsumer<RedisKeyTypesTest, String> findPublic =
        (test, key) -> test.backend().sessions().findPublic(ORG, "public");
    BiConsumer<RedisKeyTypesTest, String> findByIssue =
        (test, key) -> test.backend().sessions().ofIssue(ORG, "ENG-1", null, 9);
    BiConsumer<RedisKeyTypesTest, String> addJob = (test, key) -> test.addJob("job");
    BiConsumer<RedisKeyTypesTest, String> addAnother = (test, key) -> test.addJob("another");
    BiConsumer<RedisKeyTypesTest, String> sendWithKey =
        (test, key) -> test.send("claimed", new Idempotency("k", 0, "body"));
    BiConsumer<RedisKeyTypesTest, String> enqueueWithKey =
        (test, key) -> test.enqueue(work("new").bearing(new Idempotency("k", 0, "body")));
    BiConsumer<RedisKeyTypesTest, String> findJob =
        (test, key) -> test.backend().batch().find(ORG, "job");
    BiConsumer<RedisKeyTypesTest, String> askForJobs = (test, key) -> test.pollForJobs();
    BiConsumer<RedisKeyTypesTest, String> heartbeat =
        (test, key) -> test.backend().workers().heartbeat(WORKER, new Heartbeat(0, null, null));
    BiConsumer<RedisKeyTypesTest, String> listEvents =
        (test, key) -> test.backend().events().after(ORG, 0, 9);
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
        Map.entry("{broken}:i:new\u001ddefault", enqueue),
        Map.entry("{broken}:due", enqueueLater),
        Map.entry("{broken}:later:default", enqueueLater),
        Map.entry("{broken}:queues", pause),
        Map.entry("{broken}:workers", register),
        Map.entry("{broken}:workers", deregister),
        Map.entry("{broken}:silent", deregister),
        Map.entry("{broken}:ready:1:default", enqueue),
        Map.entry("{broken}:lanes:ready:2", enqueueOnRepository),
        Map.entry("{broken}:ready:1:default", stopWaiting),
        Map.entry("{broken}:ready:1:default", deregister),
        Map.entry("{broken}:returned:1:default", nack),
        Map.entry("{broken}:returns:w", nack),
        Map.entry("{broken}:returns:w", claim),
        Map.entry("{broken}:claimed", claim),
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
        Map.entry("{broken}:n:" + PublicName.stored("public").substring(0, 4), findPublic),
        Map.entry("{broken}:x:962", findByIssue),
        Map.entry("{broken}:j:job", addJob),
        Map.entry("{broken}:j:job", findJob),
        Map.entry("{broken}:jobs", addAnother),
        Map.entry("{broken}:jobs", askForJobs),
        Map.entry("{broken}:jobs-over", askForJobs),
        Map.entry("{broken}:events", listEvents),
        Map.entry("{broken}:audit", pause),
        Map.entry("{broken}:audit", stop),
        Map.entry("{broken}:audit", stopWaiting),
        Map.entry("{broken}:audit", send),
        Map.entry("{broken}:sets", enqueue));
  }

  @ParameterizedTest
  @MethodSource("structures")
  void a_call_that_would_write_to_a_key_of_another_type_changes_nothing(
      Map.Entry<String, BiConsumer<RedisKeyTypesTest, String>> wreck) {
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
        () ->
            backend().sessions().stop(ORG, "dead", new StopMessage("", null, null), Place.ANY, BY));

    assertThat(contents()).isEqualTo(before);
  }
}
