package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.engine.state.QueueRecord;

/** Sets what a project may use. */
public record LimitQueue(String project, QueueLimits limits, AuditNote note)
    implements Operation<ProjectQueue> {

  @Override
  public ProjectQueue run(Step step) {
    QueueRecord queue = FindQueue.record(step, project);
    if (!queue.limits().equals(limits)) {
      step.requireProject(project);
      step.put(queue.limited(limits, step.now()));
    }
    step.audit(note, AuditAct.limit(project, limits));
    return FindQueue.show(step, project);
  }
}
