package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final SnapshotSampler snapshots =
      new SnapshotSampler(
          backend,
          this::workers,
          new NoStops(),
          clock.utc(),
          Rules.DEFAULTS.stopGraceMs(),
          FindingSettings.UNRECORDED,
          nanos::get);
  private final Autoscaler figures =
      new Autoscaler(
          backend, this::workers, snapshots, new QueueReader(backend, clock.utc(), nanos::get));

  private List<Worker> workers(String org) {
    return backend.workers().list(org, null, Page.MAX).items();
  }

  @Test
  void allProjectsAreReadAtMostOnceASecond() {
    enqueue(250, 250);
    assertThat(figures.of(ORG, null, WorkerPool.ALL).projects()).hasSize(250);

    enqueue(250, 251);
    assertThat(figures.of(ORG, null, WorkerPool.ALL).unmet()).isEqualTo(250);
    assertThat(figures.of(ORG, List.of("p0"), WorkerPool.ALL).unmet()).isEqualTo(2);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(figures.of(ORG, null, WorkerPool.ALL).unmet()).isEqualTo(500);
  }

  @Test
  void aClosedOrgNeedsNoMoreSlots() {
    enqueue(3, 1);
    new KitWorker(() -> backend, ORG).capacity(1).register().poll(1);
    backend
        .transfers()
        .close(
            ORG,
            new NewClosure("c", Closure.Purpose.EXPORT, "why", 60_000, null, ""),
            new AuditNote("ann", "why"));

    Autoscale closed = figures.of(ORG, List.of("p0"), WorkerPool.ALL);
    assertThat(closed.desired()).isEqualTo(1);
    assertThat(closed.starting()).isEqualTo(1);
    assertThat(closed.unmet()).isZero();
    assertThat(closed.projects().get(0).groups()).isEmpty();
  }

  @Test
  void ofManyClaimsTheLastScanCounts() {
    int many = 2 * Page.MAX;
    enqueue(many, 1);
    KitWorker worker = new KitWorker(() -> backend, ORG).can("gpu").capacity(many).register();
    while (backend.work().counts(ORG).claimed() < many - 1) {
      worker.poll(many - 1);
    }
    worker.start(worker.activeSessions().get(0));

    Autoscale all = figures.of(ORG, null, WorkerPool.ALL);
    assertThat(all.running()).isEqualTo(1);
    assertThat(all.starting() + all.unmet()).isEqualTo(many - 1);
    WorkerPool gpu = new WorkerPool(Set.of("gpu"), null);
    assertThat(figures.of(ORG, null, gpu).desired()).isEqualTo(many);
    WorkerPool plain = new WorkerPool(Set.of(), null);
    assertThat(figures.of(ORG, null, plain).desired()).isEqualTo(all.unmet());
  }

  private int next;

  private void enqueue(int count, int projects) {
    for (int from = 0; from < count; from += 1_000) {
      List<NewWork> work =
          IntStream.range(from, Math.min(count, from + 1_000))
              .mapToObj(i -> WorkBuilder.work("s" + next++).project("p" + i % projects).build())
              .toList();
      backend.work().enqueue(ORG, work);
    }
  }
}
