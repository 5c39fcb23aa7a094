package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerSnapshotsTest {

  private final Workers workers = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE).workers();
  private final AtomicLong nanos = new AtomicLong();
  private final WorkerSnapshots snapshots = new WorkerSnapshots(workers, nanos::get);

  @Test
  void whatIsReadCountsForASecond() {
    register("org", "first");
    assertThat(ids("org")).containsExactly("first");
    register("org", "second");
    pass(Duration.ofMillis(999));
    assertThat(ids("org")).containsExactly("first");
    pass(Duration.ofMillis(1));
    assertThat(ids("org")).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void whoReadsAnewReadsForAll() {
    register("org", "first");
    assertThat(ids("org")).containsExactly("first");
    register("org", "second");
    assertThat(ids("org")).containsExactly("first");

    assertThat(snapshots.refresh("org")).hasSize(2);

    assertThat(ids("org")).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void eachOrgHasItsOwn() {
    register("a", "of-a");
    register("b", "of-b");
    assertThat(ids("a")).containsExactly("of-a");
    assertThat(ids("b")).containsExactly("of-b");
    assertThat(ids("c")).isEmpty();
  }

  @Test
  void moreThanAPageIsReadToItsEnd() {
    for (int i = 0; i < 2_001; i++) {
      register("org", "worker-" + i);
    }
    assertThat(ids("org")).hasSize(2_001).doesNotHaveDuplicates();
  }

  private List<String> ids(String org) {
    return snapshots.of(org).stream()
        .map(Worker::registration)
        .map(Registration::workerId)
        .toList();
  }

  private void register(String org, String id) {
    workers.register(
        org,
        new Registration(
            id, "key", Dialect.STANDARD, "h", 1, Projects.ALL, List.of(), false, "{}"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
