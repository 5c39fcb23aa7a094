package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.hazelcast.map.IMap;
import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SideTablesTest extends OneMember {

  private static final AuditNote BY = new AuditNote("who", "why");

  @Test
  void a_repeat_leaves_no_values_behind() {
    int before = items().size();

    backend.work().enqueue(org, List.of(work("s-1"), work("s-1")));
    backend.work().enqueue(org, List.of(work("s-1")));

    assertThat(items().size()).isEqualTo(before + 1);
    assertThat(backend.sessions().find(org, "s-1").item()).isEqualTo("{\"id\":\"s-1\"}");
  }

  @Test
  void a_missing_item_fails_its_session_at_the_claim() {
    backend.work().enqueue(org, List.of(work("s-1"), work("s-2")));
    register();
    items().clear();
    backend.work().enqueue(org, List.of(work("s-3")));
    HazelcastBackend otherNode = open(clock); // this node has it in its cache

    PollResult poll = otherNode.workers().poll(new PollRequest(worker, "r-1", 5));

    assertThat(poll.work()).extracting(ClaimedWork::sessionId).containsExactly("s-3");
    Session failed = otherNode.sessions().find(org, "s-1");
    assertThat(failed.state()).isEqualTo(SessionState.FAILED);
    assertThat(failed.place()).isEqualTo(Place.DEAD);
    assertThat(failed.dead()).isEqualTo(DeadReason.ITEM_MISSING);
    assertThat(failed.item()).isEmpty();
    assertThat(otherNode.workers().find(worker).activeSessions()).containsExactly("s-3");
    assertThat(failed.claimedAtMs()).isZero();
    assertThat(otherNode.sessions().timeline(org, "s-1"))
        .as("nobody was handed it")
        .extracting(Event::kind, Event::workerId)
        .containsExactly(tuple(Event.Kind.ENQUEUED, null), tuple(Event.Kind.DEAD, null));
  }

  @Test
  void a_missing_item_of_a_repeated_answer_was_claimed() {
    backend.work().enqueue(org, List.of(work("s-1")));
    register();
    backend.workers().poll(new PollRequest(worker, "r-1", 1));
    items().clear();
    HazelcastBackend otherNode = open(clock);

    PollResult again = otherNode.workers().poll(new PollRequest(worker, "r-1", 1));

    assertThat(again.work()).isEmpty();
    assertThat(otherNode.sessions().timeline(org, "s-1"))
        .extracting(Event::kind)
        .containsExactly(Event.Kind.ENQUEUED, Event.Kind.CLAIMED, Event.Kind.DEAD);
  }

  @Test
  void a_lost_item_is_shown_empty() {
    backend.work().enqueue(org, List.of(work("s-1")));
    items().clear();

    HazelcastBackend otherNode = open(clock);
    assertThat(otherNode.sessions().find(org, "s-1").item()).isEmpty();
    assertThat(otherNode.work().list(org, "web", Place.READY, null, 9).items())
        .extracting(Session::item)
        .containsExactly("");
  }

  @Test
  void public_ids_belong_to_the_first_stored_session() {
    backend.work().enqueue(org, List.of(named("s-1", "hash", "n-1", "n-2")));

    List<Enqueued> refused =
        backend
            .work()
            .enqueue(
                org,
                List.of(
                    named("s-1", "other", "n-3"),
                    named("s-2", "hash", "n-2", "n-3"),
                    named("s-1", "hash", "n-1", "n-4")));

    assertThat(refused).extracting(Enqueued::refusal).containsExactly(Refusal.CONFLICT, null, null);
    assertThat(backend.sessions().findPublic(org, "n-2").id()).isEqualTo("s-1");
    assertThat(backend.sessions().findPublic(org, "n-3").id()).isEqualTo("s-2");
    assertThat(backend.sessions().findPublic(org, "n-3").item()).isEqualTo("{\"id\":\"s-2\"}");
    assertThatThrownBy(() -> backend.sessions().findPublic(org, "n-4"))
        .isInstanceOf(RefusedException.class);
    assertThat(names(org)).containsExactlyInAnyOrder("n-1", "n-2", "n-3");
  }

  @Test
  void of_concurrent_enqueues_the_first_has_the_public_id() throws Exception {
    for (int round = 0; round < 20; round++) {
      String name = "n-" + round;
      List<String> ids = java.util.stream.IntStream.range(0, 4).mapToObj(i -> name + i).toList();
      ids.parallelStream()
          .forEach(id -> backend.work().enqueue(org, List.of(named(id, "hash", name))));

      String first =
          ids.stream()
              .min(
                  java.util.Comparator.comparing(
                      id -> backend.sessions().timeline(org, id).get(0).seq()))
              .orElseThrow();
      assertThat(backend.sessions().findPublic(org, name).id()).isEqualTo(first);
    }
  }

  @Test
  void a_public_id_taken_by_a_dead_caller_is_free() {
    SideTables tables =
        SideTables.of(
            new HazelcastStore(
                new HazelcastMember(member, clock), Rules.DEFAULTS, AnswerNumbers.UNHEARD));
    tables.names().take("n-1", new Blobs.Ref(org, "s-1", 77), clock.now());
    tables.names().take("n-2", new Blobs.Ref(org, "s-9", 78), clock.now());

    backend.work().enqueue(org, List.of(named("s-1", "hash", "n-1")));
    assertThat(backend.sessions().findPublic(org, "n-1").id()).isEqualTo("s-1");
    assertThatThrownBy(() -> backend.sessions().findPublic(org, "n-2"))
        .isInstanceOf(RefusedException.class);

    clock.jump(Duration.ofHours(1));
    backend.upkeep().cleanUpNow();
    assertThat(names(org)).containsExactly("n-1");
    assertThat(backend.sessions().findPublic(org, "n-1").id()).isEqualTo("s-1");
  }

  @Test
  void a_public_id_does_not_pass_on_with_a_deleted_record() {
    backend.work().enqueue(org, List.of(named("s-1", "hash", "n-1", "n-1")));
    backend.work().enqueue(org, List.of(named("s-2", "hash", "n-1", "n-1")));
    backend.sessions().stop(org, "s-1", new StopMessage("", null, null), Place.ANY, BY);

    clock.jump(Duration.ofDays(1));
    backend.upkeep().sweepStep(org);

    assertThatThrownBy(() -> backend.sessions().findPublic(org, "n-1"))
        .isInstanceOf(RefusedException.class);
    backend.work().enqueue(org, List.of(named("s-3", "hash", "n-1")));
    assertThat(backend.sessions().findPublic(org, "n-1").id()).isEqualTo("s-3");
  }

  @Test
  void a_job_without_its_item_is_dead() {
    backend.workers().register(org, registration("worker-1", 0, null));
    backend.batch().add(org, List.of(job("j-1"), job("j-2")));
    IMap<String, byte[]> jobs = member.getMap(MemberConfig.JOBS);
    jobs.keySet().stream().filter(key -> key.contains("j-1")).forEach(jobs::delete);

    PollResult poll = open(clock).workers().poll(new PollRequest(worker, "r-1", 5, true));

    assertThat(poll.batch()).extracting(BatchOffer::jobId).containsExactly("j-2");
    assertThat(open(clock).batch().find(org, "j-1").state()).isEqualTo(BatchJob.State.DEAD);
  }

  @Test
  void texts_are_deleted_with_their_messages() {
    int before = texts().size();
    backend.work().enqueue(org, List.of(work("s-1")));
    register();
    backend.workers().poll(new PollRequest(worker, "r-1", 1));

    Message first = send("s-1", "first").orElseThrow();
    send("s-1", "second");
    send("s-1", "");
    assertThat(texts().size()).isEqualTo(before + 2);

    backend.inboxes().ack(org, "s-1", first.id(), Lane.NORMAL, holder);
    assertThat(texts().size()).isEqualTo(before + 1);

    backend.sessions().report(org, "s-1", holder, report(SessionState.COMPLETED));
    assertThat(texts().size()).as("what is archived").isEqualTo(before + 1);

    clock.jump(Duration.ofDays(7));
    backend.upkeep().sweepStep(org);
    assertThat(texts().size()).isEqualTo(before);
  }

  @Test
  void ended_sessions_move_out_after_a_minute() {
    backend.work().enqueue(org, List.of(work("s-1")));
    register();
    backend.workers().poll(new PollRequest(worker, "r-1", 1));
    backend.sessions().addActivity(org, "s-1", holder, new NewActivity("note", "said"));
    backend.sessions().report(org, "s-1", holder, report(SessionState.COMPLETED));
    Session before = backend.sessions().find(org, "s-1");
    List<Event> timeline = backend.sessions().timeline(org, "s-1");

    backend.upkeep().sweepStep(org);
    assertThat(dump()).contains("session SessionRecord");
    clock.jump(Duration.ofMinutes(1));
    backend.upkeep().sweepStep(org);

    assertThat(dump()).contains("session MovedSession").doesNotContain("SessionRecord[id=s-1");
    assertThat(records().size()).isEqualTo(1);
    assertThat(backend.sessions().find(org, "s-1")).isEqualTo(before);
    assertThat(backend.sessions().timeline(org, "s-1")).isEqualTo(timeline);
    assertThat(backend.sessions().activities(org, "s-1", 0, 10)).hasSize(1);
    assertThat(backend.sessions().list(org, Place.ENDED, null, 10).items()).containsExactly(before);

    backend.sessions().requeue(org, "s-1", Place.ANY, BY);
    assertThat(records().size()).isZero();
    assertThat(backend.sessions().activities(org, "s-1", 0, 10)).hasSize(1);
  }

  @Test
  void a_missing_or_garbled_record_is_damaged() {
    backend.work().enqueue(org, List.of(work("s-1"), work("s-2")));
    backend.sessions().stop(org, "s-1", new StopMessage("", null, null), Place.ANY, BY);
    backend.sessions().stop(org, "s-2", new StopMessage("", null, null), Place.ANY, BY);
    backend.upkeep().moveOutNow(org);
    for (String key : records().keySet()) {
      if (key.contains("s-1")) {
        records().delete(key);
      } else {
        records().set(key, new byte[] {1, 2, 3});
      }
    }

    for (String id : List.of("s-1", "s-2")) {
      assertThatThrownBy(() -> backend.sessions().find(org, id))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.DAMAGED));
      assertThat(backend.upkeep().health().warnings())
          .contains("damaged record: session " + id + " of org " + org);
    }
    assertThat(backend.sessions().list(org, Place.ENDED, null, 10).items()).isEmpty();
    assertThat(backend.work().enqueue(org, List.of(work("s-1"), work("s-3"))))
        .extracting(Enqueued::refusal)
        .containsExactly(Refusal.DAMAGED, null);
  }

  @Test
  void old_orphans_are_deleted() {
    backend.work().enqueue(org, List.of(work("s-1"), work("s-2")));
    register();
    backend.workers().poll(new PollRequest(worker, "r-1", 1));
    send("s-1", "text");
    backend.sessions().addActivity(org, "s-1", holder, new NewActivity("note", "said"));
    backend.sessions().stop(org, "s-2", new StopMessage("", null, null), Place.ANY, BY);
    backend.upkeep().moveOutNow(org);
    backend.batch().add(org, List.of(job("s-1")));
    List<IMap<String, byte[]>> maps =
        List.of(items(), texts(), activities(), records(), member.getMap(MemberConfig.JOBS));
    List<Integer> before = maps.stream().map(IMap::size).toList();
    byte[] now = java.nio.ByteBuffer.allocate(9).putLong(clock.now()).array();
    for (String session : List.of("s-1", "s-2", "never")) {
      maps.forEach(map -> map.set(new Blobs.Ref(org, session, 77).key(), now));
    }

    backend.upkeep().cleanUpNow();
    assertThat(maps).extracting(IMap::size).as("young").isNotEqualTo(before);
    clock.jump(Duration.ofHours(1));
    backend.upkeep().cleanUpNow();

    // values that a moved-out record may name stay
    activities().delete(new Blobs.Ref(org, "s-2", 77).key());
    assertThat(maps).extracting(IMap::size).isEqualTo(before);
    assertThat(backend.sessions().find(org, "s-2").item()).isNotEmpty();
  }

  @Test
  void a_refused_message_leaves_no_text() {
    int before = texts().size();
    backend.work().enqueue(org, List.of(work("s-1")));

    backend.sessions().stop(org, "s-1", new StopMessage("enough", null, null), Place.ANY, BY);
    assertThat(send("s-1", "too late")).isEmpty();
    assertThatThrownBy(
            () ->
                backend
                    .sessions()
                    .stop(org, "no", new StopMessage("enough", null, null), Place.ANY, BY))
        .isInstanceOf(RefusedException.class);

    assertThat(texts().size()).isEqualTo(before);
  }

  @Test
  void a_slow_enqueue_is_refused_and_may_be_repeated() {
    int before = items().size();
    AtomicInteger looks = new AtomicInteger();
    StoreTime slow =
        () -> OptionalLong.of(clock.now() + 31_000L * Math.min(1, looks.getAndIncrement()));
    HazelcastBackend slowNode = open(slow);

    assertThatThrownBy(() -> slowNode.work().enqueue(org, List.of(work("s-1"))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.RETRY));

    assertThat(items().size()).isEqualTo(before);
    clock.jump(Duration.ofSeconds(31));
    assertThat(backend.work().enqueue(org, List.of(work("s-1"))).get(0).refusal()).isNull();
  }

  @Test
  void a_slow_message_is_refused_and_may_be_repeated() {
    backend.work().enqueue(org, List.of(work("s-1")));
    int before = texts().size();
    AtomicInteger looks = new AtomicInteger();
    HazelcastBackend slowNode =
        open(() -> OptionalLong.of(clock.now() + 31_000L * Math.min(1, looks.getAndIncrement())));

    assertThatThrownBy(
            () ->
                slowNode
                    .inboxes()
                    .send(
                        org,
                        "s-1",
                        new NewMessage(MessageType.NUDGE, Lane.NORMAL, "late", null, null),
                        BY))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.RETRY));

    assertThat(texts().size()).isEqualTo(before);
    clock.jump(Duration.ofSeconds(31));
    assertThat(send("s-1", "again")).isPresent();
  }
}
