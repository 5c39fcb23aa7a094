package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.work.Place;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.api.answers.WorkAnswers.Item;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import java.util.List;

public final class WorkBatchAnswers {

  /** Failures and refusals that an answer shows. */
  public static final int MOST_SHOWN = 10;

  private WorkBatchAnswers() {}

  /**
   * @param refusals the first refused items
   */
  public record Added(
      String batchId,
      int items,
      int enqueued,
      int duplicates,
      int refused,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Item> refusals) {}

  /**
   * @param ended true if no item waits or runs
   * @param failures the first items that failed or are dead letters
   */
  public record Batch(
      String batchId,
      int items,
      boolean ended,
      Counts counts,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Work> failures) {

    public static Batch of(WorkBatch batch, Counts counts, List<Work> failures) {
      boolean ended = counts.waiting() + counts.claimed() == 0;
      return new Batch(batch.id(), batch.items(), ended, counts, failures);
    }
  }

  /**
   * Items by what became of them.
   *
   * @param unknown never enqueued, or ended so long ago that their records are gone
   */
  public record Counts(
      int waiting, int claimed, int completed, int failed, int stopped, int dead, int unknown) {

    public static Counts of(List<Stage> stages, int items) {
      int[] by = new int[6];
      for (Stage stage : stages) {
        by[kind(stage)]++;
      }
      return new Counts(by[0], by[1], by[2], by[3], by[4], by[5], items - stages.size());
    }

    private static int kind(Stage stage) {
      return switch (stage.place()) {
        case READY, PARKED, LATER, RETURNED -> 0;
        case CLAIMED -> 1;
        case DEAD -> 5;
        case ENDED ->
            switch (stage.state()) {
              case COMPLETED -> 2;
              case STOPPED -> 4;
              default -> 3;
            };
      };
    }
  }

  /** True for one that an operator has to look at. */
  public static boolean isFailure(Stage stage) {
    return stage.place() == Place.DEAD || stage.place() == Place.ENDED && Counts.kind(stage) == 3;
  }
}
