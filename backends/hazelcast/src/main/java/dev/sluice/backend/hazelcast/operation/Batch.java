package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.BatchLane;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.JobRecord;
import dev.sluice.backend.hazelcast.state.Jobs;
import dev.sluice.backend.hazelcast.state.RankedSet;
import dev.sluice.backend.hazelcast.state.WorkerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch lane in a poll and in a sweep: docs/rules.md, "Batch lane". */
final class Batch {

  private Batch() {}

  /** What was offered to a worker before it polled again has arrived. */
  static void deliver(Step step, String workerId) {
    for (JobRecord job : offeredTo(step, workerId)) {
      step.apply(new Change.PutJob(job.delivered(step.now())));
    }
  }

  /** What is offered to a worker, by the order in which it was added. */
  static List<JobRecord> offeredTo(Step step, String workerId) {
    RankedSet offered = step.state().jobs().offeredTo(workerId);
    return offered == null ? List.of() : first(step, offered, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Offers the oldest jobs that wait to a worker that may get work, if it takes any. */
  static List<JobRecord> offer(Step step, WorkerEntry worker) {
    Jobs jobs = step.state().jobs();
    if (jobs.waiting().isEmpty()
        || !worker.has(List.of(BatchLane.CAPABILITY))
        || !Poll.available(step, worker.record())) {
      return List.of();
    }
    List<JobRecord> offered = new ArrayList<>();
    long until = step.now() + step.rules().visibilityMs();
    for (JobRecord job :
        first(step, jobs.waiting(), step.rules().maxItemsPerPoll(), Long.MAX_VALUE)) {
      JobRecord now = job.offered(worker.record().id(), until, step.now());
      step.apply(new Change.PutJob(now));
      offered.add(now);
    }
    return offered;
  }

  /** Ends the offers whose time has come, in a bounded step; returns how many. */
  static int endOffers(Step step) {
    List<JobRecord> late =
        first(step, step.state().jobs().offers(), step.rules().dueStep(), step.now());
    for (JobRecord job : late) {
      if (job.offers() >= step.rules().tries().maxOffers()) {
        step.apply(new Change.PutJob(job.die(step.now())));
      } else {
        step.apply(new Change.PutJob(job.waitsAnew(step.now())));
        step.news().batch();
      }
    }
    return late.size();
  }

  private static List<JobRecord> first(Step step, RankedSet order, int atMost, long upTo) {
    if (order.isEmpty() || order.firstNumber() > upTo) {
      return List.of();
    }
    List<JobRecord> found = new ArrayList<>();
    order.visit(
        (number, id) -> {
          @Nullable JobRecord job = number > upTo ? null : step.state().jobs().find(id);
          if (job != null) {
            found.add(job);
          }
          return job != null && found.size() < atMost;
        });
    return found;
  }
}
