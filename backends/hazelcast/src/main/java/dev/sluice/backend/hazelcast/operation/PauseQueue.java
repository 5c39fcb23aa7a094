package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Pause;
import dev.sluice.backend.ProjectQueue;

/**
 * Closes a project's queue.
 *
 * @param untilMs when it opens by itself, epoch ms; 0 for never
 */
public record PauseQueue(String project, String reason, String actor, long untilMs)
    implements Operation<ProjectQueue> {

  @Override
  public ProjectQueue run(Step step) {
    Pause pause = new Pause(reason, actor, step.now(), untilMs);
    step.put(FindQueue.record(step, project).paused(pause));
    return FindQueue.show(step, project);
  }
}
