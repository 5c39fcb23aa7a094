package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.service.errors.ApiError;
import dev.sluice.service.errors.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class BatchAnswers {

  private BatchAnswers() {}

  /** A refused job has no state but an error, and in a bulk its own status. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Added(
      @Nullable String batchJobId,
      @Nullable String state,
      @Nullable Boolean duplicate,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String message,
      @Nullable ErrorCode code,
      @Nullable String field) {

    public static Added of(BatchAdded added) {
      return new Added(
          added.jobId(),
          added.state() == null ? null : added.state().wire(),
          added.duplicate() ? true : null,
          null,
          null,
          null,
          null,
          null);
    }

    public static Added refused(@Nullable String jobId, int status, ApiError why) {
      return new Added(
          jobId, null, null, status, why.error(), why.message(), why.code(), why.field());
    }
  }

  public record Bulk(List<Added> results) {}

  /**
   * Lacks the content, which may hold secrets. {@code offers} counts the polls that returned it.
   * Times are epoch ms.
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
