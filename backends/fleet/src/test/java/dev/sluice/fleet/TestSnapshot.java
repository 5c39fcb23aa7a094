package dev.sluice.fleet;

import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.store.StoreHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public final class TestSnapshot {

  private final String org;
  private final long atMs;
  private final List<ProjectQueue> queues = new ArrayList<>();
  private boolean all = true;

  private TestSnapshot(String org, long atMs) {
    this.org = org;
    this.atMs = atMs;
  }

  public static TestSnapshot at(String org, long atMs) {
    return new TestSnapshot(org, atMs);
  }

  public TestSnapshot queue(String project, long waiting, long oldestMs) {
    Counts counts = new Counts(waiting, 0, 0, 0, 0, 0);
    queues.add(
        new ProjectQueue(
            project, counts, QueueLimits.NONE, 0, null, waiting == 0 ? 0 : atMs - oldestMs));
    return this;
  }

  public TestSnapshot andMore() {
    all = false;
    return this;
  }

  public FleetSnapshot fleet() {
    long waiting = queues.stream().mapToLong(queue -> queue.counts().ready()).sum();
    return new FleetSnapshot(
        org,
        atMs,
        0,
        new Counts(waiting, 0, 0, 0, 0, 0),
        queues,
        all,
        List.of(),
        FleetClaims.of(List.of(), atMs),
        UnclaimedWork.NONE,
        new StoreHealth(List.of(), List.of()),
        InboxCounts.NONE,
        List.of(),
        Map.of(),
        Spend.NONE,
        SlowReads.NONE,
        List.of(),
        null);
  }
}
