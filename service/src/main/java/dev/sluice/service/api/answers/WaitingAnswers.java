package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.WaitingForWorker;
import dev.sluice.service.api.answers.WorkAnswers.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work that waits, as one worker sees it. */
public final class WaitingAnswers {

  private WaitingAnswers() {}

  /**
   * @param asOf epoch ms
   * @param freeSlots 0 if it has more claims than slots
   * @param closed true while the org is closed for a move and hands out nothing
   */
  public record NoWork(
      String workerId,
      long asOf,
      int freeSlots,
      boolean closed,
      List<WaitingGroup> groups,
      boolean complete) {

    public static NoWork of(Worker worker, WaitingForWorker waiting) {
      return new NoWork(
          worker.registration().workerId(),
          waiting.asOfMs(),
          Math.max(0, worker.freeSlots()),
          waiting.closed(),
          waiting.groups().stream().map(WaitingGroup::of).toList(),
          waiting.complete());
    }
  }

  /**
   * @param repository as in {@link AutoscaleAnswers.GroupDemand}
   * @param reasons none if its next poll may get some of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WaitingGroup(
      String project,
      List<String> capabilities,
      @Nullable String repository,
      long waiting,
      List<Reason> reasons) {

    static WaitingGroup of(WaitingForWorker.Group group) {
      WorkBucket work = group.work();
      return new WaitingGroup(
          work.project(),
          work.capabilities(),
          work.shown(),
          work.waiting(),
          group.reasons().stream().map(Reason::of).toList());
    }
  }
}
