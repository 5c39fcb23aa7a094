package dev.sluice.backend.engine.write;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.state.Jobs;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch lane: docs/rules.md, "Batch lane". */
public final class BatchOperations {

  private BatchOperations() {}

  public record AddJobs(List<Job> jobs, long itemsStoredMs)
      implements WriteOperation<AddJobs.Answer> {

    public record Job(String id, String contentHash, long item, long bytes) {}

    public record Answer(List<BatchAdded> results) {}

    @Override
    public Answer run(WriteStep step) {
      step.requireFresh(itemsStoredMs);
      List<BatchAdded> results = new ArrayList<>(jobs.size());
      for (Job job : jobs) {
        results.add(add(step, job));
        step.advanceSeq();
      }
      return new Answer(results);
    }

    private static BatchAdded add(WriteStep step, Job job) {
      JobRecord known = step.state().jobs().find(job.id());
      if (known != null) {
        return known.contentHash().equals(job.contentHash())
            ? new BatchAdded(job.id(), known.state(), true, null)
            : new BatchAdded(job.id(), null, false, Refusal.CONFLICT);
      }
      if (step.state().jobs().live() >= step.rules().maxBatch()) {
        return new BatchAdded(job.id(), null, false, Refusal.QUEUE_FULL);
      }
      if (step.isFullForWork(job.bytes())) {
        return new BatchAdded(job.id(), null, false, Refusal.STORE_FULL);
      }
      JobRecord added =
          JobRecord.added(
              job.id(), job.contentHash(), job.item(), job.bytes(), step.seq(), step.now());
      step.apply(new Change.PutJob(added));
      step.hints().batch();
      return new BatchAdded(job.id(), added.state(), false, null);
    }
  }

  /** Marks a job as dead whose item is missing. Answers true if the offer still stood. */
  public record FailJob(String jobId, long item) implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      JobRecord job = step.state().jobs().find(jobId);
      if (job == null || job.item() != item || job.state() != BatchJob.State.OFFERED) {
        return false;
      }
      step.apply(new Change.PutJob(job.die(step.now())));
      return true;
    }
  }

  /** Delivers the jobs that the worker has read, and takes back those that it never got. */
  static void settleOffers(WriteStep step, String workerId, Offers offers) {
    for (JobRecord job : offeredTo(step, workerId)) {
      switch (offers.fateOf(job.updatedAtMs())) {
        case READ -> step.apply(new Change.PutJob(job.delivered(step.now())));
        case LOST -> endOffer(step, job.id());
        case UNKNOWN -> {}
      }
    }
  }

  static List<JobRecord> offeredTo(WriteStep step, String workerId) {
    return first(step, step.state().jobs().offeredTo(workerId), Integer.MAX_VALUE);
  }

  static void dropHolder(WriteStep step, String workerId) {
    for (JobRecord job : offeredTo(step, workerId)) {
      step.apply(new Change.PutJob(job.withoutHolder()));
    }
  }

  /** The oldest waiting jobs, to a worker that takes jobs, may get work and has none to settle. */
  static List<JobRecord> offer(WriteStep step, WorkerEntry worker) {
    Jobs jobs = step.state().jobs();
    if (jobs.waiting().isEmpty()
        || !offeredTo(step, worker.record().id()).isEmpty()
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

  static void endOffer(WriteStep step, String jobId) {
    JobRecord job = step.state().jobs().find(jobId);
    if (job == null) {
      return; // impossible: offered jobs are stored
    }
    if (job.offers() >= step.rules().tries().maxOffers()) {
      step.apply(new Change.PutJob(job.die(step.now())));
    } else {
      step.apply(new Change.PutJob(job.waitAgain(step.now())));
      step.hints().batch();
    }
  }

  private static List<JobRecord> first(WriteStep step, @Nullable RankedSet order, int atMost) {
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
