package dev.sluice.backend.tck.orgs;

import static dev.sluice.backend.events.EventType.FINDING_BEGAN;
import static dev.sluice.backend.events.EventType.FINDING_ENDED;
import static dev.sluice.backend.events.EventType.KEY_CREATED;
import static dev.sluice.backend.events.EventType.KEY_REVOKED;
import static dev.sluice.backend.events.EventType.MESSAGE_ACKNOWLEDGED;
import static dev.sluice.backend.events.EventType.MESSAGE_SENT;
import static dev.sluice.backend.events.EventType.QUEUE_LIMITED;
import static dev.sluice.backend.events.EventType.QUEUE_PAUSED;
import static dev.sluice.backend.events.EventType.QUEUE_RESUMED;
import static dev.sluice.backend.events.EventType.SESSION_CLAIMED;
import static dev.sluice.backend.events.EventType.SESSION_ENDED;
import static dev.sluice.backend.events.EventType.SESSION_ENQUEUED;
import static dev.sluice.backend.events.EventType.SESSION_LATE_RESULT;
import static dev.sluice.backend.events.EventType.SESSION_LEASE_LOST;
import static dev.sluice.backend.events.EventType.SESSION_NACKED;
import static dev.sluice.backend.events.EventType.SESSION_STARTED;
import static dev.sluice.backend.events.EventType.SESSION_TRANSFERRED;
import static dev.sluice.backend.events.EventType.WORKER_DRAINED;
import static dev.sluice.backend.events.EventType.WORKER_GONE;
import static dev.sluice.backend.events.EventType.WORKER_QUARANTINED;
import static dev.sluice.backend.events.EventType.WORKER_REGISTERED;
import static dev.sluice.backend.events.EventType.WORKER_SILENT;
import static dev.sluice.backend.events.EventType.WORKER_UNDRAINED;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class EventLogCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().loggedMs());

  // What is told

  @Test
  void the_way_of_a_session_is_told_once_and_in_order() {
    worker.register();
    claim(worker, work("a").project("web"));
    worker.start("a");
    worker.report("a", SessionState.COMPLETED);

    assertThat(log())
        .containsExactly(
            new LoggedEvent(1, clock.now(), WORKER_REGISTERED, null, null, worker.id(), null),
            new LoggedEvent(2, clock.now(), SESSION_ENQUEUED, "web", "a", null, null),
            new LoggedEvent(3, clock.now(), SESSION_CLAIMED, "web", "a", worker.id(), null),
            new LoggedEvent(4, clock.now(), SESSION_STARTED, "web", "a", worker.id(), null),
            new LoggedEvent(5, clock.now(), SESSION_ENDED, "web", "a", worker.id(), "completed"));
  }

  @Test
  void all_lines_of_a_timeline_are_told() {
    claim("a");
    worker.nack("a");
    enqueue(work("b"));
    reprioritise("b", 1);
    front("b");
    other.claim("b");
    stop("b");
    other.report("b", SessionState.STOPPED);
    deadLetter("c");
    requeue("c");

    for (String id : List.of("a", "b", "c")) {
      assertThat(log().stream().filter(event -> id.equals(event.sessionId())))
          .extracting(LoggedEvent::type, LoggedEvent::atMs, LoggedEvent::workerId)
          .containsExactlyElementsOf(timeline(id).stream().map(EventLogCases::tupleOf).toList());
    }
  }

  private static Tuple tupleOf(Event line) {
    return Tuple.tuple(EventType.of(line.kind()), line.atMs(), line.workerId());
  }

  @Test
  void a_bulk_is_told_item_by_item() {
    enqueue(works("w", 3));

    assertThat(log()).extracting(LoggedEvent::sessionId).containsExactly("w001", "w002", "w003");
    assertThat(log()).extracting(LoggedEvent::type).containsOnly(SESSION_ENQUEUED);
  }

  @Test
  void what_operators_do_is_told() {
    pause("web", 0);
    cap("web", 3);
    resume("web");
    worker.register();
    worker.drain();
    worker.undrain();
    worker.deregister();

    assertThat(types())
        .containsExactly(
            QUEUE_PAUSED,
            QUEUE_LIMITED,
            QUEUE_RESUMED,
            WORKER_REGISTERED,
            WORKER_DRAINED,
            WORKER_UNDRAINED,
            WORKER_GONE);
    assertThat(log().subList(0, 3)).extracting(LoggedEvent::project).containsOnly("web");
    assertThat(log().subList(3, 7)).extracting(LoggedEvent::workerId).containsOnly(worker.id());
  }

  @Test
  void a_worker_that_is_replaced_is_gone_once_it_holds_nothing() {
    KitWorker first = worker().on("m").register();
    claim(first, work("a"));
    KitWorker second = worker().on("m").register();
    long before = latest();
    second.report("a", SessionState.COMPLETED);

    assertThat(behind(before))
        .extracting(LoggedEvent::type, LoggedEvent::workerId)
        .contains(Tuple.tuple(WORKER_GONE, first.id()), Tuple.tuple(SESSION_ENDED, second.id()));
    assertThat(types()).filteredOn(type -> type == WORKER_GONE).hasSize(1);
  }

  @Test
  void a_replaced_worker_is_gone_behind_all_else_that_the_call_does() {
    KitWorker first = worker().on("m").register();
    claim(first, work("a"));
    KitWorker second = worker().on("m").register();
    long before = latest();
    second.start("a");

    assertThat(behind(before))
        .extracting(LoggedEvent::type)
        .containsExactly(SESSION_TRANSFERRED, SESSION_STARTED, WORKER_GONE);
  }

  @Test
  void messages_are_told_without_their_text() {
    claim(worker, work("a").project("web"));
    long before = latest();
    Message message = send("a", MessageType.DIRECTIVE, "a secret");
    ackForOrg(message);
    ackForOrg(message);

    assertThat(behind(before))
        .extracting(LoggedEvent::type, LoggedEvent::sessionId, LoggedEvent::detail)
        .containsExactly(
            Tuple.tuple(MESSAGE_SENT, "a", message.id()),
            Tuple.tuple(MESSAGE_ACKNOWLEDGED, "a", message.id()));
    assertThat(behind(before)).extracting(LoggedEvent::project).containsOnly("web");
  }

  @Test
  void a_key_is_told_once_when_it_is_minted_and_when_it_is_revoked() {
    String hash = newHash();
    assertThat(credentials().mintKey(hash, key("a", null))).isTrue();
    assertThat(credentials().mintKey(hash, key("again", null))).isFalse();
    credentials().mintKey(newHash(), key("of a", "a"));
    credentials().mintKey(newHash(), key("b", null));
    credentials().addKey(newHash(), key("of the environment", null));
    credentials().revoke(org, "a");
    credentials().revoke(org, "a");

    assertThat(log())
        .extracting(LoggedEvent::type, LoggedEvent::detail)
        .containsExactly(
            Tuple.tuple(KEY_CREATED, "a"),
            Tuple.tuple(KEY_CREATED, "of a"),
            Tuple.tuple(KEY_CREATED, "b"),
            Tuple.tuple(KEY_REVOKED, "of a"),
            Tuple.tuple(KEY_REVOKED, "a"));
    assertThat(log()).extracting(LoggedEvent::project).containsOnlyNulls();
    assertThat(seq()).isZero();
  }

  private Key key(String id, @Nullable String mintedBy) {
    return new Key(id, org, Key.Type.USER, "", Set.of(), List.of(), clock.now(), null, mintedBy);
  }

  @Test
  void a_finding_is_told_when_it_begins_and_when_it_ends() {
    Duration seen = Duration.ofMinutes(1);
    SeenFinding dead = new SeenFinding("dead", "", "", "2 dead letters");
    SeenFinding web = new SeenFinding("no-worker", "web", "web", "no worker takes it");
    pass(seen);
    findings().observe(org, List.of(dead, web), seen.toMillis(), false);
    findings().mute(org, web.key(), clock.now() + 10 * seen.toMillis(), BY);
    findings().acknowledge(org, dead.key(), BY);
    pass(seen.dividedBy(2).plus(MOMENT));
    findings().observe(org, List.of(web, dead), seen.toMillis(), false);
    assertThat(log())
        .extracting(LoggedEvent::type, LoggedEvent::project, LoggedEvent::detail)
        .containsExactly(
            Tuple.tuple(FINDING_BEGAN, null, "dead"),
            Tuple.tuple(FINDING_BEGAN, "web", "no-worker.web"));

    long before = latest();
    pass(seen.plus(MOMENT));
    findings().observe(org, List.of(), seen.toMillis(), false);
    findings().observe(org, List.of(web), seen.toMillis(), false);
    assertThat(behind(before))
        .extracting(LoggedEvent::type, LoggedEvent::project, LoggedEvent::detail)
        .containsExactly(
            Tuple.tuple(FINDING_ENDED, null, "dead"),
            Tuple.tuple(FINDING_ENDED, "web", "no-worker.web"),
            Tuple.tuple(FINDING_BEGAN, "web", "no-worker.web"));
  }

  /** Whatever is seen, muted and acknowledged, the log tells which findings stand. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_log_tells_which_findings_stand(long seed) {
    Random random = new Random(seed);
    Set<String> told = new TreeSet<>();
    long number = 0;
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(random.nextInt(90)));
      List<SeenFinding> seen = new ArrayList<>();
      for (int n = 0; n < 8; n++) {
        if (random.nextInt(3) == 0) {
          String project = n % 2 == 0 ? "" : "p" + n;
          seen.add(new SeenFinding("kind", "s" + n, project, "words " + random.nextInt(3)));
        }
      }
      findings().observe(org, seen, 60_000, random.nextBoolean());
      for (Finding each : findings().list(org)) {
        if (random.nextInt(8) == 0) {
          findings().mute(org, each.key(), clock.now() + random.nextInt(600_000), BY);
        } else if (each.stands() && random.nextInt(8) == 0) {
          findings().acknowledge(org, each.key(), BY);
        }
      }
      for (LoggedEvent event : behind(number)) {
        boolean begins = event.type() == FINDING_BEGAN;
        assertThat(begins ? told.add(event.detail()) : told.remove(event.detail()))
            .as("%s", event)
            .isTrue();
        number = event.number();
      }
      assertThat(told)
          .containsExactlyElementsOf(
              findings().list(org).stream().filter(Finding::stands).map(Finding::key).toList());
    }
    assertThat(number).isPositive();
  }

  @Test
  void a_silent_worker_is_told_before_it_is_heard_again() {
    claim("a");
    long before = latest();
    pass(Duration.ofMillis(RULES.leaseMs() + 30_000));

    assertThat(behind(before))
        .extracting(LoggedEvent::type)
        .containsExactly(SESSION_LEASE_LOST, WORKER_SILENT);
    assertThat(behind(before)).extracting(LoggedEvent::workerId).containsOnly(worker.id());
  }

  @Test
  void a_quarantine_is_told() {
    KitWorker nacker = worker().register();
    for (int i = 0; i < Rules.NACKS_IN_ROW; i++) {
      enqueue(work("w" + i));
      nacker.claim("w" + i);
      nacker.nack("w" + i);
    }

    assertThat(types()).filteredOn(type -> type == WORKER_QUARANTINED).hasSize(1);
    LoggedEvent last = log().get(log().size() - 1);
    assertThat(last.type()).isIn(WORKER_QUARANTINED, SESSION_NACKED);
    assertThat(last.workerId()).isEqualTo(nacker.id());
  }

  @Test
  void a_late_result_is_told_without_what_it_says() {
    claim("a");
    stop("a");
    pass(Duration.ofMillis(2 * RULES.leaseMs()));
    long before = latest();
    worker.report("a", SessionState.COMPLETED);

    assertThat(behind(before)).extracting(LoggedEvent::type).containsExactly(SESSION_LATE_RESULT);
    assertThat(behind(before)).extracting(LoggedEvent::detail).containsOnlyNulls();
  }

  @Test
  void a_long_detail_is_left_out() {
    claim("a");
    claim("b");
    long before = latest();
    worker.nack("a", "\u00e9".repeat(LoggedEvent.MAX_DETAIL_BYTES / 2));
    worker.nack("b", "x".repeat(LoggedEvent.MAX_DETAIL_BYTES + 1));

    assertThat(behind(before))
        .extracting(LoggedEvent::detail)
        .containsExactly("\u00e9".repeat(LoggedEvent.MAX_DETAIL_BYTES / 2), null);
  }

  @Test
  void a_repeat_and_a_refusal_tell_nothing() {
    claim("a");
    worker.report("a", SessionState.COMPLETED);
    long before = latest();

    worker.report("a", SessionState.COMPLETED);
    offer(work("a"));
    refused(Refusal.UNKNOWN_SESSION, () -> stop("none"));
    worker.beat();
    worker.poll(0);
    sweep();

    assertThat(behind(before)).isEmpty();
  }

  @Test
  void many_callers_at_once_leave_consecutive_numbers() {
    Together.all(
        4,
        caller -> {
          KitWorker own = workerOf(org).projects("p" + caller).register();
          for (int i = 0; i < 20; i++) {
            String id = "w" + caller + "-" + i;
            queue().enqueue(org, List.of(work(id).project("p" + caller).build()));
            own.claim(id);
            own.report(id, SessionState.COMPLETED);
          }
          return caller;
        });

    List<LoggedEvent> log = log();
    assertThat(log)
        .extracting(LoggedEvent::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
    assertThat(log.stream().filter(event -> "w2-7".equals(event.sessionId())))
        .extracting(LoggedEvent::type)
        .containsExactly(SESSION_ENQUEUED, SESSION_CLAIMED, SESSION_ENDED);
    assertThat(log).filteredOn(event -> event.type() == SESSION_ENDED).hasSize(80);
  }

  // Reading

  @Test
  void a_page_begins_behind_the_number_and_ends_at_its_limit() {
    enqueue(works("w", 5));

    EventPage page = events().after(org, 2, 2);

    assertThat(page.events()).extracting(LoggedEvent::number).containsExactly(3L, 4L);
    assertThat(page.oldest()).isEqualTo(1);
    assertThat(page.latest()).isEqualTo(5);
    assertThat(events().after(org, 5, 2)).isEqualTo(new EventPage(List.of(), 1, 5));
  }

  @Test
  void an_org_without_events_has_an_empty_log() {
    assertThat(events().after("nobody", 0, 10)).isEqualTo(new EventPage(List.of(), 1, 0));
  }

  @Test
  void each_org_counts_by_itself() {
    enqueue(works("w", 3));
    workerOf("other-org").register();

    assertThat(events().after("other-org", 0, 10).latest()).isEqualTo(1);
    assertThat(latest()).isEqualTo(3);
  }

  @Test
  void a_number_that_the_log_has_not_reached_shows_nothing() {
    enqueue(work("a"));

    assertThat(events().after(org, 2, 10)).isEqualTo(new EventPage(List.of(), 1, 1));
    assertThat(EventPage.expired(2, 1, 1)).isTrue();
    assertThat(EventPage.expired(1, 1, 1)).isFalse();
  }

  // How long it is kept

  @Test
  void the_oldest_go_once_there_are_too_many() {
    openWith(rules().maxLogged(20));
    for (int i = 0; i < 400; i++) {
      enqueue(work("w" + i));
    }

    EventPage lost = events().after(org, 0, 10);
    assertThat(lost.events()).isEmpty();
    assertThat(lost.latest()).isEqualTo(400);
    assertThat(lost.latest() - lost.oldest() + 1).isBetween(20L, 20L + EventLog.MAX_MORE);
    assertThat(behind(lost.oldest() - 1))
        .extracting(LoggedEvent::sessionId)
        .containsExactlyElementsOf(
            LongStream.range(lost.oldest() - 1, 400).mapToObj(i -> "w" + i).toList());
  }

  @Test
  void they_go_by_age_and_the_numbers_go_on() {
    enqueue(works("w", 3));
    pause("web", 0);
    jump(KEPT.minusMillis(1));
    enqueue(work("young"));
    sweep();
    assertThat(events().after(org, 0, 10).oldest()).isEqualTo(1);

    sweepAfter(MOMENT);
    assertThat(events().after(org, 0, 10).oldest()).isEqualTo(5);
    assertThat(behind(4)).extracting(LoggedEvent::sessionId).containsExactly("young");

    sweepAfter(KEPT);
    assertThat(events().after(org, 5, 10)).isEqualTo(new EventPage(List.of(), 6, 5));
    resume("web");
    assertThat(behind(5)).extracting(LoggedEvent::number).containsExactly(6L);
  }

  @Test
  void no_log_is_kept_where_none_is_wanted() {
    openWith(rules().maxLogged(0));
    claim("a");

    assertThat(events().after(org, 0, 10)).isEqualTo(new EventPage(List.of(), 1, 0));
  }

  private long latest() {
    return events().after(org, 0, 1).latest();
  }

  private List<EventType> types() {
    return log().stream().map(LoggedEvent::type).toList();
  }

  private List<LoggedEvent> log() {
    return behind(0);
  }

  private List<LoggedEvent> behind(long number) {
    List<LoggedEvent> all = new ArrayList<>();
    List<LoggedEvent> page;
    do {
      page = events().after(org, number + all.size(), 100).events();
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }
}
