package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A copy holds the same records and behaves the same. */
abstract class CopyCases extends FullOrg {

  /** An answer of a store, or its refusal. */
  private interface Call {
    Object on(String org);
  }

  @Test
  void it_has_the_same_records() {
    everything();
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    String copy = newOrg();

    OrgCopy.enter(backend(), copy, OrgCopy.rehashed(records));

    assertSame(backend(), copy);
    assertThat(store().contradictions(copy)).isEmpty();
  }

  @Test
  void so_has_one_in_memory_and_one_of_that() {
    everything();
    List<OrgRecord> records = OrgCopy.rehashed(OrgCopy.leave(backend(), org));
    try (QueueBackend memory = new MemoryBackend(AnswerLog.environment(rulesOfStore(), clock))) {
      OrgCopy.enter(memory, org, records);
      assertSame(memory, org);

      String copy = newOrg();
      OrgCopy.enter(backend(), copy, OrgCopy.leave(memory, org));

      assertSame(backend(), copy);
      assertThat(store().contradictions(copy)).isEmpty();
    }
  }

  @Test
  void it_counts_the_same_bytes() {
    everything();
    String copy = copied();

    both(copy, where -> queue().storedBytes(where));
  }

  @Test
  void all_that_is_visible_is_the_same() {
    everything();

    assertLooksTheSame(copied());
  }

  private void assertLooksTheSame(String copy) {
    both(copy, where -> queue().counts(where));
    both(copy, where -> inboxes().counts(where));
    both(copy, where -> workers().list(where, null, Page.MAX));
    both(copy, where -> queues().list(where, null, Page.MAX));
    both(copy, where -> stopOrders().find(where, "s"));
    both(copy, where -> sessions().claims(where, null, null, Page.MAX));
    for (Place place : List.of(Place.CLAIMED, Place.ENDED, Place.DEAD)) {
      both(copy, where -> sessions().list(where, place, null, Page.MAX));
      both(copy, where -> sessions().rows(where, null, place, null, Page.MAX));
    }
    for (Place place : List.of(Place.READY, Place.RETURNED, Place.PARKED, Place.LATER)) {
      both(copy, where -> queue().standings(where, "web", place, null, Page.MAX));
      both(copy, where -> queue().standings(where, "app", place, null, Page.MAX));
    }
    ids().forEach(id -> assertLooksTheSame(copy, id));
    both(copy, where -> sessions().findPublic(where, "SHARED"));
    both(copy, where -> sessions().findPublic(where, "PUB-1"));
  }

  private void assertLooksTheSame(String copy, String id) {
    both(copy, where -> sessions().find(where, id));
    both(copy, where -> sessions().ofIssue(where, "issue-" + id, null, Page.MAX));
    both(copy, where -> sessions().timeline(where, id));
    both(copy, where -> sessions().activities(where, id, 0, Page.MAX));
    both(copy, where -> inboxes().list(where, id));
    both(copy, where -> inboxes().history(where, id));
  }

  private List<String> ids() {
    return only(SessionCopy.class, read(org)).stream().map(SessionCopy::id).sorted().toList();
  }

  @Test
  void its_polls_bring_the_same() {
    everything();
    String copy = copied();

    for (int round = 0; round < 3; round++) {
      for (String worker : WORKERS) {
        String request = "r-" + round;
        both(copy, where -> poll(where, worker, request));
        both(copy, where -> poll(where, worker, request));
      }
    }
    assertSame(backend(), copy);
  }

  @Test
  void a_poll_is_repeated_there() {
    KitWorker runner = worker().named("runner").register();
    enqueue(work("a"), work("b"));
    runner.poll("r", 2);
    String copy = copied();

    both(copy, where -> poll(where, "runner", "r"));
    both(copy, where -> queue().counts(where));
  }

  @Test
  void its_jobs_are_repeated_in_their_order() {
    worker().named("scanner").can("code-survival-scan").projects("none").register();
    add("z");
    add("a");
    poll(org, "scanner", "r");
    String copy = copied();

    both(copy, where -> poll(where, "scanner", "r"));
  }

  private Object poll(String where, String worker, String request) {
    return workers().poll(new PollRequest(new WorkerRef(where, worker, null), request, 5, true));
  }

  @Test
  void its_workers_go_on_with_their_claims() {
    everything();
    String copy = copied();

    both(copy, where -> touch(where, "lost", "loser"));
    both(copy, where -> touch(where, "missed", "misser"));
    both(copy, where -> touch(where, "claimed", "holder"));
    both(copy, where -> touch(where, "of the retired", "retired"));
    both(copy, where -> touch(where, "of the revoked", "revoked"));
    both(copy, where -> touch(where, "running", "holder"));
    Heartbeat listing = Heartbeat.holding(List.of("running", "lost", "nowhere"));
    both(copy, where -> workers().heartbeat(new WorkerRef(where, "runner", null), listing));
    NewActivity activity = new NewActivity("thought", "after the move");
    both(copy, where -> sessions().addActivity(where, "running", holder("runner"), activity));
    both(copy, where -> sessions().nack(where, "running", holder("runner"), null));
    assertSame(backend(), copy);
  }

  @Test
  void its_denials_for_good_count_on() {
    KitWorker runner = worker().named("runner").register();
    enqueue(works("a", Rules.NACKS_IN_ROW + 3));
    for (int denied = 1; denied < Rules.NACKS_IN_ROW; denied++) {
      runner.deny(runner.take(1).get(0), null);
      if (denied % 3 == 0) {
        runner.complete(runner.take(1).get(0));
      }
    }
    String last = runner.take(1).get(0);
    String copy = copied();

    both(copy, where -> sessions().nack(where, last, holder("runner"), null, true));

    assertThat(runner.record().quarantinedUntilMs()).isPositive();
    assertSame(backend(), copy);
  }

  @Test
  void its_failed_runs_count_on() {
    KitWorker runner = worker().named("runner").register();
    enqueue(works("a", Rules.FAILURES_IN_ROW + 1));
    runner.report(runner.take(1).get(0), failed("agent-blocked"));
    for (int n = 1; n < Rules.FAILURES_IN_ROW; n++) {
      runner.report(runner.take(1).get(0), failed("spawn-failed"));
    }
    String last = runner.take(1).get(0);
    String copy = copied();

    both(copy, where -> sessions().report(where, last, holder("runner"), failed("orphaned")));

    assertThat(runner.record().quarantinedUntilMs()).isPositive();
    assertSame(backend(), copy);
  }

  private static StatusReport failed(String cause) {
    StatusReport report = new StatusReport(SessionState.FAILED, new TreeMap<>(), -1);
    return report.failing(Failure.of(cause));
  }

  @Test
  void workers_that_name_each_other_as_predecessors_go_on() {
    worker().named("first").registeredBy("k").on("machine").register();
    enqueue(work("a"), work("b"));
    assertThat(new KitWorker(this::backend, org).named("first").take(5)).hasSize(2);
    worker().named("second").registeredBy("k").on("machine").register();
    List<OrgRecord> circle =
        OrgCopy.leave(backend(), org).stream()
            .map(each -> each instanceof WorkerCopy copied ? inACircle(copied) : each)
            .toList();
    String copy = newOrg();

    OrgCopy.enter(backend(), copy, circle);

    KitWorker first = new KitWorker(this::backend, copy).named("first").registeredBy("k");
    KitWorker second = new KitWorker(this::backend, copy).named("second").registeredBy("k");
    assertThat(second.record().inherited()).isEqualTo(2);
    second.touch("a");
    assertThat(second.record().inherited()).isEqualTo(1);
    refusal(Refusal.NOT_OWNER, () -> first.touch("a"));
    first.touch("b");
    KitWorker third = new KitWorker(this::backend, copy).registeredBy("k").on("machine").register();
    assertThat(third.record().inherited()).isEqualTo(2);
    third.touch("a");
    third.touch("b");
    assertThat(third.activeSessions()).containsExactly("a", "b");
    assertThat(store().contradictions(copy)).isEmpty();
  }

  private static WorkerCopy inACircle(WorkerCopy worker) {
    return new WorkerCopy(
        worker.registration(),
        worker.registeredAtMs(),
        worker.lastSeenMs(),
        worker.silent(),
        worker.activeCount(),
        worker.drained(),
        worker.retired(),
        worker.noShows(),
        worker.nacks(),
        worker.quarantines(),
        worker.quarantinedUntilMs(),
        worker.settledUntilMs(),
        worker.lastPollMs(),
        worker.lastRequest(),
        worker.lastClaims(),
        worker.note(),
        worker.quarantined(),
        worker.shortMs(),
        worker.shortAccepted(),
        List.of("second", "first"),
        worker.unlisted(),
        worker.notHeld(),
        worker.unknownHeld(),
        worker.denials(),
        worker.failedRuns(),
        worker.protectedUntilMs());
  }

  private Object touch(String where, String session, String worker) {
    return sessions().touch(where, session, holder(worker));
  }

  private static Holder holder(String worker) {
    return new Holder(worker, null, 0);
  }

  @Test
  void it_knows_repeats_and_duplicates() {
    everything();
    String copy = copied();

    both(copy, where -> enqueued(where, work("completed").bearing("k", 0, "body")));
    both(copy, where -> enqueued(where, work("other").bearing("k", 0, "body")));
    both(copy, where -> enqueued(where, work("other").bearing("k", 0, "another body")));
    both(copy, where -> enqueued(where, work("ready")));
    both(copy, where -> enqueued(where, work("ready").content("other")));
    both(copy, where -> enqueued(where, work("failed")));
    both(copy, where -> batch().add(where, List.of(job("job-1"), job("dead-job"))));
    assertSame(backend(), copy);
  }

  @Test
  void it_knows_content_by_its_hash_in_other_stores_too() {
    enqueue(work("a").content(hash('a')));
    try (QueueBackend memory = new MemoryBackend(AnswerLog.environment(rulesOfStore(), clock))) {
      OrgCopy.enter(memory, org, OrgCopy.leave(backend(), org));
      String copy = newOrg();
      OrgCopy.enter(backend(), copy, OrgCopy.leave(memory, org));
      memory.transfers().open(org, OrgCopy.ID, null);

      assertKnows(memory.work(), org);
      assertKnows(queue(), copy);
    }
  }

  private void assertKnows(WorkQueue store, String where) {
    Enqueued same = store.enqueue(where, List.of(work("a").content(hash('a')).build())).get(0);
    Enqueued other = store.enqueue(where, List.of(work("a").content(hash('b')).build())).get(0);
    assertThat(same.duplicate()).isTrue();
    assertThat(same.refusal()).isNull();
    assertThat(other.refusal()).isEqualTo(Refusal.CONFLICT);
  }

  /** As long as a SHA-256 in Base64. */
  private static String hash(char first) {
    return first + "x".repeat(42);
  }

  private Object enqueued(String where, WorkBuilder item) {
    return queue().enqueue(where, List.of(item.build()));
  }

  @Test
  void operators_find_it_as_it_was() {
    everything();
    String copy = copied();

    both(copy, where -> sessions().requeue(where, "dead", Place.ANY, BY));
    both(copy, where -> sessions().requeue(where, "completed", Place.ANY, BY));
    both(copy, where -> sessions().requeue(where, "of the daemon", Place.ANY, BY));
    both(copy, where -> queue().front(where, "anyone's", BY));
    both(copy, where -> queues().resume(where, "held", BY));
    both(copy, where -> workers().drain(where, "misser", false, BY));
    both(copy, where -> workers().deregister(new WorkerRef(where, "runner", null), BY));
    assertSame(backend(), copy);
    credentials().revoke(copy, "parent");
    assertThat(credentials().keys(copy)).isEmpty();
  }

  @Test
  void its_deadlines_come_at_the_same_times() {
    everything();
    String copy = copied();

    for (long passed = 0; passed < 3 * RULES.acceptMs(); passed += RULES.leaseMs() / 12) {
      jump(Duration.ofMillis(RULES.leaseMs() / 12));
      bothSwept(copy);
    }
    assertSame(backend(), copy);
    for (long ms :
        List.of(
            3_600_000L,
            untilMidnight().toMillis(),
            RULES.kept().endedMs(),
            RULES.kept().archiveMs(),
            RULES.kept().deadMs())) {
      jump(Duration.ofMillis(ms));
      bothSwept(copy);
      assertSame(backend(), copy);
    }
    assertThat(store().contradictions(copy)).isEmpty();
  }

  private void bothSwept(String copy) {
    SweepResult step;
    do {
      step = (SweepResult) both(copy, where -> upkeep().sweepStep(where));
    } while (step.more());
  }

  @Test
  void an_archive_outlives_its_session_there_too() {
    claim("a");
    send("a", MessageType.NUDGE, "unread");
    worker.complete("a");
    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));
    sweep();

    String copy = copied();

    assertSame(backend(), copy);
    both(copy, where -> inboxes().list(where, "a"));
    both(copy, where -> sessions().find(where, "a"));
  }

  @Test
  void the_first_of_a_public_id_leads_there_too() {
    enqueue(work("z").called("P"));
    enqueue(work("a").called("P"));
    enqueue(work("m").called("P"));
    String copy = copied();

    assertThat(sessions().findPublic(copy, "P")).extracting(Session::id).isEqualTo("z");
    both(copy, where -> sessions().stop(where, "z", order(), Place.ANY, BY));
    both(copy, where -> sessions().findPublic(where, "P"));
  }

  private static StopMessage order() {
    return new StopMessage("enough", null, null);
  }

  @Test
  void the_source_can_go_on_too() {
    everything();
    List<OrgRecord> before = OrgCopy.leave(backend(), org);

    open(org);

    assertThat(read(org)).isEqualTo(before);
    assertThat(workers().list(org, null, Page.MAX).items()).hasSizeGreaterThan(5);
    close(org, Purpose.EXPORT);
  }

  private Object both(String copy, Call call) {
    Object original = answer(call, org);
    assertThat(answer(call, copy)).isEqualTo(original);
    return original;
  }

  private static Object answer(Call call, String where) {
    try {
      return call.on(where);
    } catch (RefusedException e) {
      return List.of(e.refusal(), AnswerLog.last(), String.valueOf(e.getMessage()));
    }
  }
}
