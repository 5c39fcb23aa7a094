package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.QueueReads.FindQueue;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;

public final class QueueOperations {

  private QueueOperations() {}

  /**
   * @param untilMs epoch ms; 0 for none
   */
  public record PauseQueue(String project, long untilMs, AuditNote note)
      implements WriteOperation<ProjectQueue> {

    @Override
    public ProjectQueue run(WriteStep step) {
      step.requireProject(project);
      Pause pause = new Pause(note.reason(), note.actor(), step.now(), untilMs);
      step.put(FindQueue.record(step, project).paused(pause));
      step.events().queue(EventType.QUEUE_PAUSED, project);
      step.audit(note, AuditAct.pause(project, untilMs));
      return FindQueue.show(step, project);
    }
  }

  public record ResumeQueue(String project, AuditNote note)
      implements WriteOperation<ProjectQueue> {

    @Override
    public ProjectQueue run(WriteStep step) {
      QueueRecord queue = FindQueue.record(step, project);
      if (queue.pause() != null) {
        step.put(queue.paused(null));
        step.events().queue(EventType.QUEUE_RESUMED, project);
      }
      step.audit(note, AuditAct.resume(project));
      return FindQueue.show(step, project);
    }
  }

  public record LimitQueue(String project, QueueLimits limits, AuditNote note)
      implements WriteOperation<ProjectQueue> {

    @Override
    public ProjectQueue run(WriteStep step) {
      QueueRecord queue = FindQueue.record(step, project);
      if (!queue.limits().equals(limits)) {
        step.requireProject(project);
        step.put(queue.limited(limits, step.now()));
        step.events().queue(EventType.QUEUE_LIMITED, project);
      }
      step.audit(note, AuditAct.limit(project, limits));
      return FindQueue.show(step, project);
    }
  }
}
