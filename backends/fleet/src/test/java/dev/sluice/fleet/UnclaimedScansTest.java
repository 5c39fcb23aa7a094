package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.DeadCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnclaimedScansTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final QueueBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final UnclaimedScans scans =
      new UnclaimedScans(store, Rules.DEFAULTS.stopGraceMs(), nanos::get);

  @Test
  void deadLettersKeepTheirCauseAndNoOtherField() {
    deny("s-1", "w-1", "no \"space\" left\\on\tdevice 7\nmore");
    Session stored = store.sessions().find(ORG, "s-1");

    Session kept = read(ORG).dead().sessions().get(0);

    assertThat(DeadCause.of(kept)).isEqualTo(DeadCause.of(stored));
    assertThat(DeadCause.of(kept).error()).startsWith("no \"space\" left\\on");
    assertThat(kept.fields()).containsOnlyKeys("error");
  }

  @Test
  void deadLettersOfOneCauseAreOneGroupWhateverTheirErrors() {
    for (String id : List.of("s-1", "s-2")) {
      failTooLate(id);
    }

    List<Session> dead = read(ORG).dead().sessions();

    assertThat(dead).extracting(Session::id).containsExactlyInAnyOrder("s-1", "s-2");
    assertThat(dead)
        .extracting(letter -> DeadCause.of(letter).error())
        .containsOnly("spawn-failed");
  }

  private void failTooLate(String id) {
    long deadline = clock.now() + 1_000;
    store
        .work()
        .enqueue(
            ORG,
            List.of(
                new NewWork(
                    id, id, id, "web", List.of(), 3, clock.now(), 0, deadline, "hash", "{}")));
    TestWorkers.register(store, ORG, "w", 1);
    store.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), "of " + id, 1));
    clock.jump(Duration.ofSeconds(1));
    TreeMap<String, String> fields =
        new TreeMap<>(Map.of("failureMode", "\"spawn-failed\"", "error", "\"no " + id + "\""));
    StatusReport failed =
        new StatusReport(SessionState.FAILED, fields, -1).failing(Failure.of("spawn-failed"));
    store.sessions().report(ORG, id, new Holder("w", null, 0), failed);
  }

  @Test
  void whatNobodyAsksForIsForgottenAndOtherOrgsHaveTheirOwn() {
    store.work().enqueue(ORG, List.of(work("s-1")));
    StopMessage message = new StopMessage("", null, null);
    store.sessions().stop(ORG, "s-1", message, Place.ANY, new AuditNote("test", ""));

    assertThat(scans.known(ORG)).isEqualTo(UnclaimedWork.NONE);
    assertThat(read(ORG).ended().sessions()).hasSize(1);
    assertThat(read("another").ended().sessions()).isEmpty();
    assertThat(scans.known(ORG).ended().sessions()).hasSize(1);
    assertThat(scans.known(ORG).isFresh()).isFalse();

    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(scans.known(ORG)).isEqualTo(UnclaimedWork.NONE);
  }

  @Test
  void waitingWorkOfAllProjectsAndPlacesIsReadInTheOrderOfHandOut() {
    enqueue("later", "web", "i-1", 5, clock.now() + 60_000);
    enqueue("first", "web", "i-2", 5, 0);
    enqueue("second", "web", "i-2", 5, 0);
    enqueue("urgent", "app", "i-3", 1, 0);

    UnclaimedWork.Part waiting = read(ORG).waiting();

    assertThat(waiting.sessions())
        .extracting(Session::id)
        .containsExactly("urgent", "first", "later", "second");
    assertThat(waiting.sessions())
        .extracting(Session::place)
        .containsExactly(Place.READY, Place.READY, Place.LATER, Place.PARKED);
    assertThat(waiting.reading()).isFalse();
    assertThat(waiting.cut()).isFalse();
    assertThat(scans.known(ORG).waiting().sessions()).hasSize(4);
    assertThat(read("another").waiting().sessions()).isEmpty();
  }

  private UnclaimedWork read(String org) {
    return read(scans, org);
  }

  private UnclaimedWork read(UnclaimedScans from, String org) {
    return from.read(
        org, clock.now(), store.work().counts(org), store.queues().list(org, null, Page.MAX));
  }

  private void enqueue(String id, String project, String issue, int priority, long notBefore) {
    store
        .work()
        .enqueue(
            ORG,
            List.of(
                new NewWork(
                    id,
                    issue,
                    issue,
                    project,
                    List.of(),
                    priority,
                    clock.now(),
                    notBefore,
                    0,
                    "hash of " + id,
                    "{}")));
  }

  @Test
  void manyOrgsShareTheMemoryAndNoneIsReadForEver() {
    UnclaimedScans few = new UnclaimedScans(store, Rules.DEFAULTS.stopGraceMs(), nanos::get, 4_500);
    List<String> orgs = List.of("a", "b", "c");
    orgs.forEach(this::endThousand);
    assertThat(read(few, "a").ended().sessions()).hasSize(1_000);

    for (int looks = 0; looks < 3; looks++) {
      orgs.forEach(org -> read(few, org));
    }

    for (String org : orgs) {
      UnclaimedWork.Part ended = few.known(org).ended();
      assertThat(ended.sessions()).as(org).hasSize(500);
      assertThat(ended.reading()).isFalse();
      assertThat(ended.cut()).isTrue();
    }
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    read(few, "c");
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    UnclaimedWork.Part ended = few.known("c").ended();
    for (int looks = 0; looks < 10; looks++) {
      ended = read(few, "c").ended();
    }
    assertThat(ended.sessions()).as("alone again").hasSize(1_000);
    assertThat(ended.cut()).isFalse();
  }

  @Test
  void orgsReadLongestAgoMakeRoom() {
    UnclaimedScans few = new UnclaimedScans(store, Rules.DEFAULTS.stopGraceMs(), nanos::get, 2_500);
    List<String> orgs = List.of("a", "b", "c");
    orgs.forEach(this::endThousand);

    for (String org : orgs) {
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      read(few, org);
    }

    assertThat(orgs.stream().filter(org -> few.known(org) != UnclaimedWork.NONE)).contains("c");
    assertThat(orgs.stream().mapToInt(org -> few.known(org).ended().sessions().size()).sum())
        .isBetween(1, 2_500);
  }

  private void endThousand(String org) {
    StopMessage message = new StopMessage("", null, null);
    for (int i = 0; i < 1_000; i++) {
      store.work().enqueue(org, List.of(work("s-" + i)));
      store.sessions().stop(org, "s-" + i, message, Place.ANY, new AuditNote("test", ""));
    }
  }

  private void deny(String id, String worker, String reason) {
    store.work().enqueue(ORG, List.of(work(id)));
    for (String each : List.of("denies first", worker)) {
      TestWorkers.register(store, ORG, each, 1);
      store.workers().poll(new PollRequest(new WorkerRef(ORG, each, null), "request", 1));
      Holder holder = new Holder(each, null, 0);
      store.sessions().nack(ORG, id, holder, NackReason.of(reason), true);
    }
  }

  private NewWork work(String id) {
    return new NewWork(id, id, id, "web", List.of(), 3, clock.now(), 0, 0, "hash of " + id, "{}");
  }
}
