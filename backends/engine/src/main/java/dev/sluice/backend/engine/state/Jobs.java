package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.JobRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

public final class Jobs {

  private final Map<String, JobRecord> byId = new HashMap<>();
  private final RankedSet waiting = new RankedSet();
  private final RankedSet offers;
  private final RankedSet over = new RankedSet();
  private final Map<String, RankedSet> byWorker = new HashMap<>();

  /**
   * @param offers receives jobs by the end of their offer
   */
  Jobs(RankedSet offers) {
    this.offers = offers;
  }

  public @Nullable JobRecord find(String id) {
    return byId.get(id);
  }

  public int live() {
    return waiting.size() + offers.size();
  }

  public RankedSet waiting() {
    return waiting;
  }

  public RankedSet offered() {
    return offers;
  }

  public RankedSet over() {
    return over;
  }

  /** Jobs in the order of their enqueue. */
  public @Nullable RankedSet offeredTo(String workerId) {
    return byWorker.isEmpty() ? null : byWorker.get(workerId);
  }

  /** Number of jobs that are offered to a worker. */
  public int offersTo(String workerId) {
    RankedSet offered = offeredTo(workerId);
    return offered == null ? 0 : offered.size();
  }

  void put(JobRecord job) {
    takeOut(byId.put(job.id(), job));
    switch (job.state()) {
      case WAITING -> waiting.add(job.seq(), job.id());
      case OFFERED -> {
        offers.add(job.offeredUntilMs(), job.id());
        String worker = job.holder();
        if (worker != null) {
          byWorker.computeIfAbsent(worker, id -> new RankedSet()).add(job.seq(), job.id());
        }
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
        String worker = job.holder();
        RankedSet offered = worker == null ? null : byWorker.get(worker);
        if (worker != null && offered != null) {
          offered.remove(job.seq(), job.id());
          if (offered.isEmpty()) {
            byWorker.remove(worker);
          }
        }
      }
      case DELIVERED, DEAD -> over.remove(job.updatedAtMs(), job.id());
    }
  }
}
