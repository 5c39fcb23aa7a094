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
  private final PastScans scans = new PastScans(store.sessions(), nanos::get);

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
