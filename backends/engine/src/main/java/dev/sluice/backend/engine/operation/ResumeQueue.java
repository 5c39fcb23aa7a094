package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.engine.state.QueueRecord;

/** Ends the pause of a project's queue, if there is one. */
public record ResumeQueue(String project, AuditNote note) implements Operation<ProjectQueue> {

  @Override
  public ProjectQueue run(Step step) {
    QueueRecord queue = FindQueue.record(step, project);
    if (queue.pause() != null) {
      step.put(queue.paused(null));
    }
    step.audit(note, AuditAct.resume(project));
    return FindQueue.show(step, project);
  }
}
