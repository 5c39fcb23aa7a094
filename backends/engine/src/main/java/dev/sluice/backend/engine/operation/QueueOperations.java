package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.state.OldestWork;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.QueueRecord;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** Queues of projects: pauses, limits, lists. */
public final class QueueOperations {

  private QueueOperations() {}

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

  /** The queues of an org by name. */
  public record ListQueues(@Nullable Cursor after, int limit)
      implements ReadOperation<ListQueues.Answer> {

    /**
     * A page.
     *
     * @param next where to go on; null at the end
     */
    public record Answer(List<ProjectQueue> queues, @Nullable Cursor next) {}

    @Override
    public Answer run(Step step) {
      NavigableSet<String> names = step.state().work().projectNames();
      List<ProjectQueue> queues = new ArrayList<>();
      for (String name : after == null ? names : names.tailSet(after.name(), false)) {
        if (queues.size() == limit) {
          return new Answer(queues, new Cursor(0, queues.get(limit - 1).project()));
        }
        queues.add(FindQueue.show(step, name));
      }
      return new Answer(queues, null);
    }
  }

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
}
