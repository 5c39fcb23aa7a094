package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.JobRecord;
import dev.sluice.backend.engine.state.Jobs;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.work.BatchLane;
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

  /** What a worker holds offers of, by the order in which it was added. */
  static List<JobRecord> offeredTo(Step step, String workerId) {
    return first(step, step.state().jobs().offeredTo(workerId), Integer.MAX_VALUE);
  }

  /** A worker's record goes: nobody can say of its offers any more that they arrived. */
  static void letGo(Step step, String workerId) {
    for (JobRecord job : offeredTo(step, workerId)) {
      step.apply(new Change.PutJob(job.withoutHolder()));
    }
  }

  /** Offers the oldest jobs that wait to a worker that may get work, if it takes any. */
  static List<JobRecord> offer(Step step, WorkerEntry worker) {
    Jobs jobs = step.state().jobs();
    if (jobs.waiting().isEmpty()
        || !worker.has(List.of(BatchLane.CAPABILITY))
        || !step.availability(worker).serves()) {
      return List.of();
    }
    List<JobRecord> offered = new ArrayList<>();
    long until = step.now() + step.rules().visibilityMs();
    for (JobRecord job : first(step, jobs.waiting(), step.rules().maxItemsPerPoll())) {
      JobRecord now = job.offered(worker.record().id(), until, step.now());
      step.apply(new Change.PutJob(now));
      offered.add(now);
    }
    return offered;
  }

  /** Without a word of its worker a job waits anew, or is given up on. */
  static void endOffer(Step step, String jobId) {
    JobRecord job = step.state().jobs().find(jobId);
    if (job == null) {
      return; // can't be: what is offered is stored
    }
    if (job.offers() >= step.rules().tries().maxOffers()) {
      step.apply(new Change.PutJob(job.die(step.now())));
    } else {
      step.apply(new Change.PutJob(job.waitsAnew(step.now())));
      step.news().batch();
    }
  }

  private static List<JobRecord> first(Step step, @Nullable RankedSet order, int atMost) {
    if (order == null || order.isEmpty()) {
      return List.of();
    }
    List<JobRecord> found = new ArrayList<>();
    order.visit(
        (number, id) -> {
          JobRecord job = step.state().jobs().find(id);
          if (job != null) {
            found.add(job);
          }
          return found.size() < atMost;
        });
    return found;
  }
}
