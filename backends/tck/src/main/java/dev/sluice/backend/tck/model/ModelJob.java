package dev.sluice.backend.tck.model;

import dev.sluice.backend.BatchJob;
import dev.sluice.backend.NewBatchJob;
import org.jspecify.annotations.Nullable;

/** What is kept of a job of the batch lane. Times are epoch ms. */
final class ModelJob {

  /** As added. */
  final NewBatchJob job;

  final long createdAt;
  BatchJob.State state = BatchJob.State.WAITING;
  int offers;

  /** The worker it was offered to last. */
  @Nullable String workerId;

  /** When its offer ends. Only of one that is offered. */
  long offerEnds;

  long updatedAt;

  ModelJob(NewBatchJob job, long now) {
    this.job = job;
    createdAt = now;
    updatedAt = now;
  }

  String id() {
    return job.jobId();
  }

  boolean waits() {
    return state == BatchJob.State.WAITING;
  }

  boolean offered() {
    return state == BatchJob.State.OFFERED;
  }

  boolean over() {
    return !waits() && !offered();
  }

  BatchJob view() {
    return new BatchJob(id(), state, offers, workerId, createdAt, updatedAt, job.item());
  }
}
