package dev.sluice.backend.engine.operation;

import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.engine.state.OldestWork;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.QueueRecord;

/** A project's queue. */
public record FindQueue(String project) implements ReadOperation<ProjectQueue> {

  @Override
  public ProjectQueue run(Step step) {
    return show(step, project);
  }

  static ProjectQueue show(Step step, String project) {
    ProjectWork known = step.state().work().project(project);
    return known == null
        ? ProjectWork.nothing(project, step.now())
        : known.show(step.now(), OldestWork.queuedAtMs(known, step.state()));
  }

  /** What was said of a queue. */
  static QueueRecord record(Step step, String project) {
    ProjectWork known = step.state().work().project(project);
    return known == null ? QueueRecord.none(project) : known.queue();
  }
}
