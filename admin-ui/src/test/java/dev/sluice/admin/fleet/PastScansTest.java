package dev.sluice.admin.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.DeadCause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PastScansTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final QueueBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final PastScans scans =
      new PastScans(store.sessions(), Rules.DEFAULTS.stopGraceMs(), nanos::get);

  @Test
  void deadLettersKeepTheirCauseAndNoOtherField() {
    deny("s-1", "w-1", "no \"space\" left\\on\tdevice 7\nmore");
    Session stored = store.sessions().find(ORG, "s-1").value();

    Session kept = scans.read(ORG, clock.now(), 1).dead().sessions().get(0);

    assertThat(DeadCause.of(kept)).isEqualTo(DeadCause.of(stored));
    assertThat(DeadCause.of(kept).error()).startsWith("no \"space\" left\\on");
    assertThat(kept.fields()).containsOnlyKeys("error");
  }

  @Test
  void whatNobodyAsksForIsForgottenAndOtherOrgsHaveTheirOwn() {
    store.work().enqueue(ORG, List.of(work("s-1")));
    StopMessage message = new StopMessage("", null, null);
    store.sessions().stop(ORG, "s-1", message, Place.ANY, new AuditNote("test", ""));

    assertThat(scans.known(ORG)).isEqualTo(PastWork.NONE);
    assertThat(scans.read(ORG, clock.now(), 0).ended().sessions()).hasSize(1);
    assertThat(scans.read("another", clock.now(), 0).ended().sessions()).isEmpty();
    assertThat(scans.known(ORG).ended().sessions()).hasSize(1);
    assertThat(scans.known(ORG).isFresh()).isFalse();

    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(scans.known(ORG)).isEqualTo(PastWork.NONE);
  }

  @Test
  void manyOrgsShareTheMemoryAndNoneIsReadForEver() {
    PastScans few =
        new PastScans(store.sessions(), Rules.DEFAULTS.stopGraceMs(), nanos::get, 3_000);
    List<String> orgs = List.of("a", "b", "c");
    orgs.forEach(this::endThousand);
    assertThat(few.read("a", clock.now(), 0).ended().sessions()).hasSize(1_000);

    for (int looks = 0; looks < 3; looks++) {
      orgs.forEach(org -> few.read(org, clock.now(), 0));
    }

    for (String org : orgs) {
      PastWork.Latest ended = few.known(org).ended();
      assertThat(ended.sessions()).as(org).hasSize(500);
      assertThat(ended.reading()).isFalse();
      assertThat(ended.cut()).isTrue();
    }
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    few.read("c", clock.now(), 0);
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    PastWork.Latest ended = few.known("c").ended();
    for (int looks = 0; looks < 10; looks++) {
      ended = few.read("c", clock.now(), 0).ended();
    }
    assertThat(ended.sessions()).as("alone again").hasSize(1_000);
    assertThat(ended.cut()).isFalse();
  }

  @Test
  void orgsReadLongestAgoMakeRoom() {
    PastScans few =
        new PastScans(store.sessions(), Rules.DEFAULTS.stopGraceMs(), nanos::get, 2_500);
    List<String> orgs = List.of("a", "b", "c");
    orgs.forEach(this::endThousand);

    for (String org : orgs) {
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      few.read(org, clock.now(), 0);
    }

    assertThat(orgs.stream().filter(org -> few.known(org) != PastWork.NONE)).contains("c");
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
    store
        .workers()
        .register(
            ORG,
            new Registration(
                worker,
                "key-1",
                Dialect.STANDARD,
                "host",
                1,
                List.of(),
                List.of(),
                false,
                null,
                "{}"));
    store.work().enqueue(ORG, List.of(work(id)));
    store.workers().poll(new PollRequest(new WorkerRef(ORG, worker, null), "request", 1));
    Holder holder = new Holder(worker, null, 0);
    store.sessions().nack(ORG, id, holder, NackReason.of(reason), true);
  }

  private NewWork work(String id) {
    return new NewWork(id, id, id, "web", List.of(), 3, clock.now(), 0, 0, "hash of " + id, "{}");
  }
}
