package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Pause;
import dev.sluice.backend.ProjectQueue;

/**
 * Closes a project's queue.
 *
 * @param untilMs when it opens by itself, epoch ms; 0 for never
 * @param note who closes it and why
 */
public record PauseQueue(String project, long untilMs, AuditNote note)
    implements Operation<ProjectQueue> {

  @Override
  public ProjectQueue run(Step step) {
    step.requireProject(project);
    Pause pause = new Pause(note.reason(), note.actor(), step.now(), untilMs);
    step.put(FindQueue.record(step, project).paused(pause));
    step.audit(note, AuditAct.pause(project, untilMs));
    return FindQueue.show(step, project);
  }
}
