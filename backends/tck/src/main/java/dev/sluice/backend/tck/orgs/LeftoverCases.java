package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/rules.md, "Left in the store". */
abstract class LeftoverCases extends Fixture {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  /** Each with every fate. Outside the long form one in four deregisters its worker, as in it. */
  private static final int BATCHES = LONG ? 24 : 4;

  private static final int ROUNDS = LONG ? 20 : 1;

  private static final Duration RETENTION = Duration.ofMillis(RULES.kept().deadMs());

  private final String keyId = "key-" + UUID.randomUUID();
  private final List<KitWorker> fleet = new ArrayList<>();

  @Test
  void an_org_that_was_only_asked_about_leaves_nothing() {
    counts();
    queueOf("web");
    sweepStep();
    queue().list(org, "web", Place.READY, null, 10);

    assertNothingLeft();
  }

  @Test
  void what_lives_is_told_from_what_may_stay() {
    enqueue(work("a"));
    assertThat(leftovers()).as("of waiting work").isNotEmpty();
    stop("a");
    assertThat(leftovers()).as("of an ended session").isNotEmpty();
    sweepAfter(RETENTION);
    assertNothingLeft();

    worker.register();
    assertThat(leftovers()).as("of a worker").isNotEmpty();
    worker.deregister();
    assertNothingLeft();
  }

  @Test
  void an_archive_goes_too() {
    enqueue(work("a"));
    send("a", MessageType.NUDGE, "hello");
    stop("a");
    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));
    assertThat(leftovers()).as("of an archive").isNotEmpty();

    sweepAfter(RETENTION);

    assertNothingLeft();
  }

  @Test
  void what_was_answered_under_a_key_goes_too() {
    enqueue(work("a"));
    stop("a");
    jump(Duration.ofMillis(RULES.kept().endedMs()).minus(MOMENT));
    enqueue(work("a").bearing("k", 0, "body"));
    sweepAfter(MOMENT);
    refused(Refusal.UNKNOWN_SESSION, () -> session("a"));
    assertThat(leftovers()).as("of a key").isNotEmpty();

    sweepAfter(RETENTION);

    assertNothingLeft();
  }

  @Test
  void what_is_to_stay_stays() {
    KitWorker worker = worker().registeredBy(keyId).register();
    queues().limit(org, "web", new QueueLimits(1, 1_000L), BY);
    pause("app", 0);
    claim(worker, work("a").project("web"));
    long token = session("a").token();
    worker.report("a", SessionState.COMPLETED, 10);
    credentials().addKey(newHash(), new Key(keyId, org, Key.Type.USER, "", Set.of(), List.of()));
    worker.deregister();
    revoke(keyId);
    sweepAfter(RETENTION);
    assertNothingLeft();

    assertThat(upkeep().orgs()).contains(org);
    assertThat(seq()).isPositive();
    assertThat(queueOf("web").limits()).isEqualTo(new QueueLimits(1, 1_000L));
    assertThat(queueOf("app").pause()).isNotNull();
    assertThat(claim(worker().register(), work("a").project("web")).token()).isGreaterThan(token);
    refused(Refusal.REVOKED, worker::register);
  }

  @Test
  @Timeout(600)
  void sessions_of_every_fate_leave_nothing() {
    openWith(rules().maxNacks(2).maxAttempts(3));
    queues().limit(org, "web", new QueueLimits(1_000_000, 1_000_000_000L), BY);
    budget("app", 1_000_000);
    pause("paused", clock.now() + 1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int batch = 0; batch < BATCHES; batch++) {
        everyFate("r" + round + "-b" + batch + "-");
      }
      assertThat(counts().waiting() + counts().claimed()).as("live sessions").isZero();
      retire();

      assertCounts(0, 0, 0, 0, 0, 0);
      assertThat(allWorkers()).isEmpty();
      assertThat(sessions().list(org, Place.ENDED, null, 10).items()).isEmpty();
      assertNothingLeft();
    }
  }

  /** Sessions first, then workers. */
  private void retire() {
    sweepAfter(RETENTION);
    pass(LEASE);
    sweepAfter(Duration.ofMillis(RULES.kept().silentWorkerMs()));
  }

  /** Uses workers of its own. */
  private void everyFate(String batch) {
    KitWorker worker = worker().capacity(100).can("gpu").register();
    KitWorker other = worker().capacity(100).can("gpu").register();
    fleet.add(worker);
    fleet.add(other);
    for (Fate fate : Fate.values()) {
      enqueue(item(batch, fate));
      send(batch + fate, MessageType.NUDGE, "for " + fate);
    }
    for (Fate fate : Fate.values()) {
      meet(batch, fate, worker, other);
    }
    closedQueues(batch, worker);
    dialects(batch);
    jobs(batch);
    silence(batch, worker, other);
    revoked(batch);
    if (fleet.size() % 4 == 0) {
      worker.deregister(); // the others are forgotten by time
    }
  }

  private WorkBuilder item(String batch, Fate fate) {
    WorkBuilder item = work(batch + fate).project(fate.ordinal() % 2 == 0 ? "web" : "app");
    item.called("public " + batch + fate, "taken");
    if (fate.ordinal() % 3 == 0) {
      item.needs("gpu");
    }
    return switch (fate) {
      case STOPPED_LATER -> item.notBefore(clock.now() + Duration.ofDays(9).toMillis());
      case STOPPED_PARKED -> item.issue("issue of " + batch + Fate.STOPPED_WAITING).priority(9);
      case DEADLINE, DISCARDED, REQUEUED_DEAD -> item.deadline(clock.now() + 1).priority(9);
      default -> item;
    };
  }

  private void meet(String batch, Fate fate, KitWorker worker, KitWorker other) {
    String id = batch + fate;
    switch (fate) {
      case COMPLETED, FAILED -> {
        take(worker, id);
        worker.tell(id, "thought", "hm");
        worker.read();
        worker.report(id, SessionState.valueOf(fate.name()), Map.of("result", "\"x\""), 5);
      }
      case STOPPED_WAITING, STOPPED_LATER, STOPPED_PARKED -> stop(id);
      case RELEASED_BY_REPORT -> {
        take(worker, id);
        stop(id);
        worker.report(id, SessionState.STOPPED);
      }
      case RELEASED_BY_REFRESH -> {
        take(worker, id);
        stop(id);
        worker.refresh(id);
        worker.refresh(id);
      }
      case NACKED -> {
        take(worker, id);
        worker.nack(id);
        take(other, id);
        other.complete(id);
      }
      case NACKED_TO_DEATH -> {
        take(worker, id);
        worker.nack(id);
        take(other, id);
        other.nack(id);
        assertThat(session(id).place()).isEqualTo(Place.DEAD);
      }
      case TRANSFERRED -> {
        take(worker, id);
        other.takeOver(id, worker);
        other.complete(id);
      }
      case REQUEUED_CLAIMED -> {
        take(worker, id);
        requeue(id);
        stop(id);
      }
      case REQUEUED_ENDED -> {
        take(worker, id);
        worker.tell(id, "thought", "first");
        worker.fail(id);
        requeue(id);
        take(other, id);
        other.complete(id);
      }
      case DEADLINE, DISCARDED, REQUEUED_DEAD -> {
        sweepAfter(MOMENT);
        if (fate != Fate.DEADLINE) {
          stopOrRequeue(fate, id);
        }
      }
      case DEREGISTERED -> {
        KitWorker leaving = worker().can("gpu").register();
        take(leaving, id);
        leaving.deregister();
        stop(id);
      }
      case FRONTED -> {
        front(id);
        reprioritise(id, 1);
        take(worker, id);
        worker.complete(id);
      }
      case LATE_RESULT -> {
        take(worker, id);
        refusal(Refusal.NOT_OWNER, () -> other.fail(id));
        worker.complete(id);
        worker.fail(id);
      }
      case RELEASED_BY_GRACE, LEASE_LOST_AND_REATTACHED, ACCEPT_MISSED -> take(worker, id);
    }
  }

  private void stopOrRequeue(Fate fate, String id) {
    if (fate == Fate.REQUEUED_DEAD) {
      requeue(id);
    }
    stop(id);
  }

  private void take(KitWorker worker, String id) {
    assertThat(worker.claimByName(id).denial()).as(id).isNull();
  }

  private void closedQueues(String batch, KitWorker worker) {
    String paused = batch + "paused";
    String capped = batch + "capped";
    String spent = batch + "spent";
    pause(paused, clock.now() + Duration.ofDays(1).toMillis());
    queues().limit(org, spent, new QueueLimits(5, 10L), BY);
    for (String project : List.of(paused, capped, spent)) {
      enqueue(
          work(project + "-1").project(project).issue(project),
          work(project + "-2").project(project).issue(project).needs("gpu"),
          work(project + "-3").project(project));
    }
    take(worker, capped + "-1");
    cap(capped, 1);
    take(worker, spent + "-1");
    worker.report(spent + "-1", SessionState.COMPLETED, 10);
    assertThat(queueOf(spent).open()).isFalse();
    for (String project : List.of(paused, capped, spent)) {
      for (int n = 3; n >= 1; n--) {
        stop(project + "-" + n);
      }
    }
    worker.report(capped + "-1", SessionState.STOPPED);
    unlimit(capped);
  }

  /** Also retires one of each with a claim. */
  private void dialects(String batch) {
    for (Dialect dialect : Dialect.values()) {
      KitWorker worker = worker().speaking(dialect).on(batch + dialect).register();
      String ended = batch + dialect + "-ended";
      String stopped = batch + dialect + "-stopped";
      enqueue(work(ended), work(stopped));
      take(worker, ended);
      take(worker, stopped);
      worker.use(ended, "grep");
      send(ended, MessageType.DIRECTIVE, "for " + dialect);
      send(stopped, MessageType.HOOK_RESULT, "for " + dialect);
      worker.read();
      worker.refresh(ended);
      KitWorker later = worker().speaking(dialect).on(batch + dialect).register();
      StatusReport report =
          new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1, new Attempt("k", "x"));
      worker.report(ended, report);
      stop(stopped);
      worker.read();
      worker.read();
      worker.refresh(stopped);
      if (session(stopped).place() == Place.CLAIMED) {
        worker.refresh(stopped);
      }
      refusal(Refusal.UNKNOWN_WORKER, worker::record);
      fleet.add(later);
    }
  }

  /** One is offered too often. */
  private void jobs(String batch) {
    KitWorker worker = scanner().register();
    add(batch + "delivered", batch + "delivered too");
    worker.takeJobs();
    assertThat(worker.takeJobs()).isEmpty();
    add(batch + "offered too often");
    for (int n = 0; n < RULES.tries().maxOffers(); n++) {
      assertThat(worker.takeJobs()).containsExactly(batch + "offered too often");
      sweepAfter(VISIBILITY);
    }
    assertThat(jobState(batch + "offered too often")).isEqualTo(BatchJob.State.DEAD);
    worker.deregister();
  }

  /** Claims return by time, and the worker's record goes. */
  private void revoked(String batch) {
    KitWorker worker = worker().registeredBy(batch + keyId).register();
    String id = batch + "REVOKED";
    enqueue(work(id));
    take(worker, id);
    revoke(batch + keyId);
    pass(LEASE);
    assertSession(id).isReady().hasAttempts(1);
    stop(id);
  }

  /** Lost leases, ended graces and missed accepts. */
  private void silence(String batch, KitWorker worker, KitWorker other) {
    sweep();
    pass(LEASE);
    assertSession(batch + Fate.LEASE_LOST_AND_REATTACHED).isReady();
    worker.report(batch + Fate.LEASE_LOST_AND_REATTACHED, SessionState.COMPLETED);
    take(other, batch + Fate.RELEASED_BY_GRACE);
    stop(batch + Fate.RELEASED_BY_GRACE);
    take(worker, batch + Fate.ACCEPT_MISSED);
    passBeating(ACCEPT, worker, other);
    assertSession(batch + Fate.ACCEPT_MISSED).isReady();
    stop(batch + Fate.ACCEPT_MISSED);
    assertSession(batch + Fate.RELEASED_BY_GRACE).isStopped();
  }
}
