package dev.sluice.backend.engine.operation;

import dev.sluice.backend.BatchJob;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.JobRecord;

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
