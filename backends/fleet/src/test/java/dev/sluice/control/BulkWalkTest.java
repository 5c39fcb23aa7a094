package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists change during a walk. */
class BulkWalkTest {

  private static final String ORG = "org";
  private static final String PROJECT = "p";
  private static final Actor ACTOR = new Actor(ORG, "key");

  private final MovableClock storeClock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, storeClock);
  private final FleetControl control =
      new FleetControl(
          backend, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> "stp_1", (org, worker) -> {});

  @Test
  void workThatBecomesReadySinceAnotherWasCancelledIsCancelledToo() {
    issues(150, 2);
    assertThat(cancel(null, true)).isEqualTo(new BulkResult(300, 0, 0, null));
    assertThat(cancel(null, false)).isEqualTo(new BulkResult(300, 300, 0, null));
    assertThat(backend.work().counts(ORG).waiting()).isZero();
  }

  @Test
  void whatWasReadyIsCancelledAndNotWhatBecomesSo() {
    issues(150, 2);
    assertThat(cancel(Place.READY, false)).isEqualTo(new BulkResult(150, 150, 0, null));
    assertThat(backend.work().counts(ORG).ready()).isEqualTo(150);
    assertThat(backend.work().counts(ORG).parked()).isZero();
  }

  @Test
  void workThatChangesPlacesWithAnotherOfItsIssueIsReprioritisedOnce() {
    for (int i = 0; i < 150; i++) {
      enqueue("low-" + i, "issue-" + i, 5);
      enqueue("high-" + i, "issue-" + i, 2);
      enqueue("lowest-" + i, "issue-" + i, 8);
    }
    for (int priority : new int[] {1, 9, 4}) {
      BulkResult result = reprioritise(priority, false);
      assertThat(result).as("to %s", priority).isEqualTo(new BulkResult(450, 450, 0, null));
      assertThat(reprioritise(priority, true).matched()).isZero();
    }
  }

  @Test
  void laterWorkIsWalkedToo() {
    enqueue("now", "now", 3);
    backend.work().enqueue(ORG, List.of(work("later", "later", 3, storeClock.now() + 3_600_000)));
    assertThat(cancel(Place.LATER, true).matched()).isEqualTo(1);
    assertThat(cancel(null, false)).isEqualTo(new BulkResult(2, 2, 0, null));
  }

  @Test
  void workThatAWorkerTakesMeanwhileIsRefusedAndLeftToIt() {
    enqueue("s", "s", 3);
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "key", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}"));
    backend.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), "r", 1));
    assertThatThrownBy(() -> stop("s", Place.WAITING)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> stop("s", Set.of(Place.DEAD))).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> requeue("s", Place.DEAD)).isInstanceOf(RefusedException.class);
    assertThat(backend.sessions().find(ORG, "s").place()).isEqualTo(Place.CLAIMED);
  }

  @Test
  void aCallThatTakesTooLongGoesOnBehindItsCursor() {
    issues(250, 1);
    FleetControl slow = new FleetControl(backend, slowClock(), () -> "stp_1", (org, worker) -> {});
    @Nullable String cursor = null;
    int done = 0;
    int calls = 0;
    do {
      BulkResult result = slow.bulk(ACTOR, order(BulkVerb.CANCEL, null, 0, false, cursor));
      done += result.done();
      cursor = result.next();
      calls++;
    } while (cursor != null);
    assertThat(done).isEqualTo(250);
    assertThat(calls).as("three pages of ready work, two empty lists").isEqualTo(5);
  }

  @Test
  void aCallLooksAtNoMoreThanItsShare() {
    issues(BulkWalk.MOST + 1, 1);
    BulkResult first = cancel(Place.READY, true);
    assertThat(first.matched()).isEqualTo(BulkWalk.MOST);
    BulkResult second =
        control.bulk(ACTOR, order(BulkVerb.CANCEL, Place.READY, 0, true, first.next()));
    assertThat(second).isEqualTo(new BulkResult(1, 0, 0, null));
  }

  private void stop(String id, Set<Place> from) {
    backend.sessions().stop(ORG, id, ACTOR.stopMessage(), from, ACTOR.note());
  }

  private void requeue(String id, Place from) {
    backend.sessions().requeue(ORG, id, Set.of(from), ACTOR.note());
  }

  private void issues(int issues, int sessions) {
    List<NewWork> all = new ArrayList<>();
    for (int i = 0; i < issues; i++) {
      for (int j = 0; j < sessions; j++) {
        all.add(work("s-" + i + "-" + j, "issue-" + i, 3, 0));
      }
    }
    backend.work().enqueue(ORG, all);
  }

  private void enqueue(String id, String issue, int priority) {
    backend.work().enqueue(ORG, List.of(work(id, issue, priority, 0)));
  }

  private static NewWork work(String id, String issue, int priority, long notBeforeMs) {
    return new NewWork(id, issue, issue, PROJECT, List.of(), priority, 1, notBeforeMs, 0, id, "{}");
  }

  private BulkResult cancel(@Nullable Place place, boolean dryRun) {
    return control.bulk(ACTOR, order(BulkVerb.CANCEL, place, 0, dryRun, null));
  }

  private BulkResult reprioritise(int priority, boolean dryRun) {
    return control.bulk(ACTOR, order(BulkVerb.REPRIORITISE, null, priority, dryRun, null));
  }

  private static BulkOrder order(
      BulkVerb verb, @Nullable Place place, int priority, boolean dryRun, @Nullable String cursor) {
    return new BulkOrder(verb, PROJECT, place, null, null, priority, dryRun, cursor);
  }

  /** Each look takes as long as a call may. */
  private static Clock slowClock() {
    AtomicLong now = new AtomicLong();
    InstantSource source = () -> Instant.ofEpochMilli(now.addAndGet(BulkWalk.BUDGET_MS - 1));
    return source.withZone(ZoneOffset.UTC);
  }
}
