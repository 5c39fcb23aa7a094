package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.read.QueueReads.FindQueue;
import dev.sluice.backend.engine.read.QueueReads.ListBuckets;
import dev.sluice.backend.engine.read.QueueReads.ListQueues;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.write.QueueOperations.LimitQueue;
import dev.sluice.backend.engine.write.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.write.QueueOperations.ResumeQueue;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkBucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EngineQueues implements Queues {

  private final Orgs orgs;
  private final Registry registry;

  EngineQueues(Orgs orgs, Registry registry) {
    this.orgs = orgs;
    this.registry = registry;
  }

  @Override
  public ProjectQueue find(String org, String project) {
    return orgs.call(org, new FindQueue(project));
  }

  @Override
  public Page<ProjectQueue> list(String org, @Nullable Cursor cursor, int limit) {
    ListQueues.Answer page = orgs.call(org, new ListQueues(cursor, limit));
    return new Page<>(page.queues(), page.next());
  }

  @Override
  public List<WorkBucket> buckets(String org, List<String> projects) {
    if (!orgs.takes(ListBuckets.class)) {
      return List.of();
    }
    ListBuckets.Answer answer = orgs.call(org, new ListBuckets(projects));
    return answer.buckets();
  }

  @Override
  public ProjectQueue pause(String org, String project, long untilMs, AuditNote note) {
    registry.noteOrg(org);
    return orgs.call(org, new PauseQueue(project, untilMs, note));
  }

  @Override
  public ProjectQueue resume(String org, String project, AuditNote note) {
    registry.noteOrg(org);
    return orgs.call(org, new ResumeQueue(project, note));
  }

  @Override
  public ProjectQueue limit(String org, String project, QueueLimits limits, AuditNote note) {
    registry.noteOrg(org);
    return orgs.call(org, new LimitQueue(project, limits, note));
  }
}
