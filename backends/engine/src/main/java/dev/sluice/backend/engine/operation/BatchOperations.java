package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.JobRecord;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import java.util.ArrayList;
import java.util.List;

/** Jobs of the batch lane, but for their hand-out by a poll. */
public final class BatchOperations {

  private BatchOperations() {}

  /**
   * Adds jobs to the batch lane whose JSON is stored already.
   *
   * @param jobs in order
   * @param itemsStoredMs when their JSON was stored, epoch ms
   */
  public record AddJobs(List<Job> jobs, long itemsStoredMs) implements Operation<AddJobs.Answer> {

    /**
     * One job; see {@link dev.sluice.backend.work.NewBatchJob}.
     *
     * @param item names its JSON among those stored under its id
     * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}
     */
    public record Job(String id, String contentHash, long item, long bytes) {}

    /**
     * What became of them.
     *
     * @param results in the order of the jobs
     */
    public record Answer(List<BatchAdded> results) {}

    @Override
    public Answer run(Step step) {
      step.requireFresh(itemsStoredMs);
      List<BatchAdded> results = new ArrayList<>(jobs.size());
      for (Job job : jobs) {
        results.add(add(step, job));
        step.takeSeq();
      }
      return new Answer(results);
    }

    private static BatchAdded add(Step step, Job job) {
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
      step.news().batch();
      return new BatchAdded(job.id(), added.state(), false, null);
    }
  }

  /** Looks a job of the batch lane up. */
  public record FindJob(String jobId) implements ReadOperation<JobRecord> {

    @Override
    public JobRecord run(Step step) {
      JobRecord job = step.state().jobs().find(jobId);
      if (job == null) {
        throw step.refusal(Refusal.UNKNOWN_JOB, jobId);
      }
      return job;
    }
  }

  /**
   * Gives a job up whose JSON is not there, so that it doesn't count as delivered. Answers whether
   * that offer still stood.
   *
   * @param item the name under which nothing was found
   */
  public record FailJob(String jobId, long item) implements Operation<Boolean> {

    @Override
    public Boolean run(Step step) {
      JobRecord job = step.state().jobs().find(jobId);
      if (job == null || job.item() != item || job.state() != BatchJob.State.OFFERED) {
        return false;
      }
      step.apply(new Change.PutJob(job.die(step.now())));
      return true;
    }
  }
}
