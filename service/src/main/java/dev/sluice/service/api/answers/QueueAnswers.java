package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.control.PausedMany;
import dev.sluice.service.api.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class QueueAnswers {

  private QueueAnswers() {}

  /**
   * A project's queue. Times are epoch ms, amounts US dollars; an absent limit means none.
   *
   * @param open true if its work is handed out
   * @param waiting the sum of the next four
   * @param oldestQueuedAt of ready and returned work; absent if there is none
   * @param spentUsd cost of this UTC day; absent without a budget
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Queue(
      String project,
      boolean open,
      long waiting,
      long ready,
      long parked,
      long later,
      long returned,
      long claimed,
      long dead,
      @Nullable Long oldestQueuedAt,
      @Nullable Integer maxConcurrent,
      @Nullable RawJson dailyBudgetUsd,
      @Nullable RawJson spentUsd,
      @Nullable Paused pause) {

    public static Queue of(ProjectQueue queue) {
      Counts counts = queue.counts();
      Long budget = queue.limits().dailyBudgetMicroUsd();
      return new Queue(
          queue.project(),
          queue.open(),
          counts.waiting(),
          counts.ready(),
          counts.parked(),
          counts.later(),
          counts.returned(),
          counts.claimed(),
          counts.dead(),
          queue.oldestQueuedAtMs() == 0 ? null : queue.oldestQueuedAtMs(),
          queue.limits().maxConcurrent(),
          budget == null ? null : PublicAnswers.usd(budget),
          budget == null ? null : PublicAnswers.usd(queue.spentMicroUsd()),
          Paused.ofNullable(queue.pause()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Paused(String reason, String actor, long since, @Nullable Long until) {

    static @Nullable Paused ofNullable(@Nullable Pause pause) {
      return pause == null
          ? null
          : new Paused(
              pause.reason(),
              pause.actor(),
              pause.sinceMs(),
              pause.untilMs() == 0 ? null : pause.untilMs());
    }
  }

  /**
   * @param paused projects, by name
   * @param alreadyPaused number of projects that were paused before
   */
  public record PausedAll(List<String> paused, int alreadyPaused) {

    public static PausedAll of(PausedMany many) {
      return new PausedAll(names(many.changed()), many.left().size());
    }
  }

  /**
   * @param resumed projects, by name
   * @param stillPaused number of projects that are paused in another way
   */
  public record ResumedAll(List<String> resumed, int stillPaused) {

    public static ResumedAll of(PausedMany many) {
      return new ResumedAll(names(many.changed()), many.left().size());
    }
  }

  private static List<String> names(List<ProjectQueue> queues) {
    return queues.stream().map(ProjectQueue::project).toList();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record QueueList(List<Queue> queues, @Nullable String nextCursor) {

    public static QueueList of(List<ProjectQueue> page, @Nullable String next) {
      return new QueueList(page.stream().map(Queue::of).toList(), next);
    }
  }
}
