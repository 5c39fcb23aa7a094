package dev.sluice.backend.engine.write;

import dev.sluice.backend.Hint;
import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.work.BatchLane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a step makes eligible or readable: docs/rules.md, "Hints". */
final class StepHints {

  private final OrgState state;
  private @Nullable List<String> work;
  private @Nullable Map<String, Boolean> queues;
  private @Nullable Set<Reply.OrgHint> others;

  StepHints(OrgState state) {
    this.state = state;
  }

  /** A session is about to be replaced. */
  void before(@Nullable SessionRecord before, SessionRecord after) {
    if (before != null && (before.place() != after.place() || before.state() != after.state())) {
      other(new Reply.OrgHint(Hint.Kind.SESSION, after.id()));
    }
    boolean wasClaimed = before != null && before.claimed();
    if (wasClaimed != after.claimed()) {
      queue(after.project());
    }
    if (after.inBucket() && (before == null || !before.inBucket())) {
      work(after.project());
    }
    String owner = before == null ? null : before.owner();
    if (wasClaimed && owner != null && !(after.claimed() && owner.equals(after.owner()))) {
      slot(owner);
    }
  }

  /** What opens or closes that queue is about to change. */
  void queue(String project) {
    if (queues == null) {
      queues = new LinkedHashMap<>();
    }
    queues.putIfAbsent(project, isOpen(project));
  }

  /** An item of that project is open to more workers. */
  void work(String project) {
    if (work == null) {
      work = new ArrayList<>(1);
    }
    work.add(project);
  }

  /** That worker may take more. */
  void slot(String worker) {
    other(new Reply.OrgHint(Hint.Kind.SLOT, worker));
  }

  /** A job waits in the batch lane. */
  void batch() {
    other(new Reply.OrgHint(Hint.Kind.BATCH, BatchLane.CAPABILITY));
  }

  /** A message waits for that worker. */
  void message(@Nullable String worker) {
    if (worker != null) {
      other(new Reply.OrgHint(Hint.Kind.MESSAGE, worker));
    }
  }

  /** All of it, once the step is over: of a project as often as it has such items. */
  List<Reply.OrgHint> all() {
    if (work == null && queues == null && others == null) {
      return List.of();
    }
    List<String> open = new ArrayList<>();
    if (work != null) {
      work.stream().filter(this::isOpen).forEach(open::add);
    }
    if (queues != null) {
      queues.forEach(
          (project, before) -> {
            ProjectWork now = state.work().project(project);
            if (!before && now != null && now.open() && now.hasWork() && !open.contains(project)) {
              open.add(project);
            }
          });
    }
    List<Reply.OrgHint> all = new ArrayList<>();
    open.forEach(project -> all.add(new Reply.OrgHint(Hint.Kind.WORK, project)));
    if (others != null) {
      all.addAll(others);
    }
    return all;
  }

  private void other(Reply.OrgHint hint) {
    if (others == null) {
      others = new LinkedHashSet<>();
    }
    others.add(hint);
  }

  private boolean isOpen(String project) {
    ProjectWork known = state.work().project(project);
    return known == null || known.open();
  }
}
