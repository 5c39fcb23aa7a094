package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.service.errors.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to producers of batch work. */
public final class BatchAnswers {

  private BatchAnswers() {}

  /**
   * One job that was sent. A refused one has no state but an error, and in a bulk the status that
   * it would have had alone.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Added(
      @Nullable String batchJobId,
      @Nullable String state,
      @Nullable Boolean duplicate,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String message,
      @Nullable String field) {

    /** A job that is in the lane. */
    public static Added of(BatchAdded added) {
      return new Added(
          added.jobId(),
          added.state() == null ? null : added.state().wire(),
          added.duplicate() ? true : null,
          null,
          null,
          null,
          null);
    }

    /** A refused job of a bulk. */
    public static Added refused(@Nullable String jobId, int status, ApiError why) {
      return new Added(jobId, null, null, status, why.error(), why.message(), why.field());
    }
  }

  /** A bulk's results, in the order of its jobs. */
  public record Bulk(List<Added> results) {}

  /**
   * A job, for its producer. Times are epoch ms. The job itself may hold secrets and isn't shown.
   *
   * @param offers how often a poll brought it
   * @param workerId the worker it was brought to last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Job(
      String batchJobId,
      String state,
      int offers,
      @Nullable String workerId,
      long createdAt,
      long updatedAt) {

    public static Job of(BatchJob job) {
      return new Job(
          job.id(),
          job.state().wire(),
          job.offers(),
          job.workerId(),
          job.createdAtMs(),
          job.updatedAtMs());
    }
  }
}
