package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.JobRecord;

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
