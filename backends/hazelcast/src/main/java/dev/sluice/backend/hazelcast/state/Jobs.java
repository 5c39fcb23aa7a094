package dev.sluice.backend.hazelcast.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The batch lane: jobs by id, and the orders that follow from what is stored of each. */
public final class Jobs {

  private final Map<String, JobRecord> byId = new HashMap<>();
  private final RankedSet waiting = new RankedSet();
  private final RankedSet offers = new RankedSet();
  private final RankedSet over = new RankedSet();
  private final Map<String, RankedSet> byWorker = new HashMap<>();

  /** A job; null if there is none of that id. */
  public @Nullable JobRecord find(String id) {
    return byId.get(id);
  }

  /** How many wait or are offered. */
  public int live() {
    return waiting.size() + offers.size();
  }

  /** Those that wait, by the order in which they were added. */
  public RankedSet waiting() {
    return waiting;
  }

  /** Those that are offered, by the time at which that runs out. */
  public RankedSet offers() {
    return offers;
  }

  /** Those that are over, by the time since which they are. */
  public RankedSet over() {
    return over;
  }

  /** What is offered to a worker, by the order in which it was added; null for nothing. */
  public @Nullable RankedSet offeredTo(String workerId) {
    return byWorker.isEmpty() ? null : byWorker.get(workerId);
  }

  void put(JobRecord job) {
    takeOut(byId.put(job.id(), job));
    switch (job.state()) {
      case WAITING -> waiting.add(job.seq(), job.id());
      case OFFERED -> {
        offers.add(job.offeredUntilMs(), job.id());
        byWorker
            .computeIfAbsent(String.valueOf(job.workerId()), id -> new RankedSet())
            .add(job.seq(), job.id());
      }
      case DELIVERED, DEAD -> over.add(job.updatedAtMs(), job.id());
    }
  }

  void remove(String id) {
    takeOut(byId.remove(id));
  }

  void each(Consumer<JobRecord> look) {
    byId.values().forEach(look);
  }

  private void takeOut(@Nullable JobRecord job) {
    if (job == null) {
      return;
    }
    switch (job.state()) {
      case WAITING -> waiting.remove(job.seq(), job.id());
      case OFFERED -> {
        offers.remove(job.offeredUntilMs(), job.id());
        RankedSet offered = byWorker.get(String.valueOf(job.workerId()));
        if (offered != null) {
          offered.remove(job.seq(), job.id());
          if (offered.isEmpty()) {
            byWorker.remove(String.valueOf(job.workerId()));
          }
        }
      }
      case DELIVERED, DEAD -> over.remove(job.updatedAtMs(), job.id());
    }
  }
}
