package dev.sluice.service.metrics.calls;

import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;

final class MeteredBatchLane implements BatchLane {

  private final BatchLane next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredBatchLane(BatchLane next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public List<BatchAdded> add(String org, List<NewBatchJob> jobs) {
    List<BatchAdded> answer = times.call(StoreCall.BATCH_ADD, () -> next.add(org, jobs));
    outcomes.added(answer);
    return answer;
  }

  @Override
  public BatchJob find(String org, String jobId) {
    return times.call(StoreCall.BATCH_FIND, () -> next.find(org, jobId));
  }
}
