package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MeteredQueues implements Queues {

  private final Queues next;
  private final StoreTimes times;

  MeteredQueues(Queues next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public ProjectQueue find(String org, String project) {
    return times.call(StoreCall.QUEUES_FIND, () -> next.find(org, project));
  }

  @Override
  public Page<ProjectQueue> list(String org, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.QUEUES_LIST, () -> next.list(org, cursor, limit));
  }

  @Override
  public List<WorkBucket> buckets(String org, List<String> projects) {
    return times.call(StoreCall.QUEUES_BUCKETS, () -> next.buckets(org, projects));
  }

  @Override
  public ProjectQueue pause(String org, String project, long untilMs, AuditNote note) {
    ProjectQueue answer =
        times.call(StoreCall.QUEUES_PAUSE, () -> next.pause(org, project, untilMs, note));
    AuditLog.wrote(org, note, AuditAct.pause(project, untilMs));
    return answer;
  }

  @Override
  public ProjectQueue resume(String org, String project, AuditNote note) {
    ProjectQueue answer =
        times.call(StoreCall.QUEUES_RESUME, () -> next.resume(org, project, note));
    AuditLog.wrote(org, note, AuditAct.resume(project));
    return answer;
  }

  @Override
  public ProjectQueue limit(String org, String project, QueueLimits limits, AuditNote note) {
    ProjectQueue answer =
        times.call(StoreCall.QUEUES_LIMIT, () -> next.limit(org, project, limits, note));
    AuditLog.wrote(org, note, AuditAct.limit(project, limits));
    return answer;
  }
}
