package dev.sluice.backend.engine.write;

import dev.sluice.backend.Hint;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.work.BatchLane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class StepHints {

  private final OrgState state;
  private @Nullable List<String> work;
  private @Nullable Map<String, Boolean> queues;
  private @Nullable Set<OrgReply.OrgHint> others;

  StepHints(OrgState state) {
    this.state = state;
  }

  void before(@Nullable SessionRecord before, SessionRecord after) {
    if (before != null && (before.place() != after.place() || before.state() != after.state())) {
      other(new OrgReply.OrgHint(Hint.Kind.SESSION, after.id()));
    }
    boolean wasClaimed = before != null && before.claimed();
    if (wasClaimed != after.claimed()) {
      queue(after.project());
    }
    if (after.place().inOrder() && (before == null || !before.place().inOrder())) {
      work(after.project());
    }
    String owner = before == null ? null : before.owner();
    if (wasClaimed && owner != null && !isClaimedBy(owner, after)) {
      slot(owner);
      String successor = successor(owner);
      if (successor != null && !isClaimedBy(successor, after)) {
        slot(successor);
      }
    }
  }

  private static boolean isClaimedBy(String worker, SessionRecord session) {
    return session.claimed() && worker.equals(session.owner());
  }

  private @Nullable String successor(String owner) {
    WorkerEntry worker = state.worker(owner);
    return worker == null ? null : state.workers().successorOf(worker.record());
  }

  void queue(String project) {
    if (queues == null) {
      queues = new LinkedHashMap<>();
    }
    queues.putIfAbsent(project, isOpen(project));
  }

  void work(String project) {
    if (work == null) {
      work = new ArrayList<>(1);
    }
    work.add(project);
  }

  void slot(String worker) {
    other(new OrgReply.OrgHint(Hint.Kind.SLOT, worker));
  }

  void batch() {
    other(new OrgReply.OrgHint(Hint.Kind.BATCH, BatchLane.CAPABILITY));
  }

  void message(@Nullable String worker) {
    if (worker != null) {
      other(new OrgReply.OrgHint(Hint.Kind.MESSAGE, worker));
    }
  }

  /** Returns hints at the end of the step: one for each such item of a project. */
  List<OrgReply.OrgHint> all() {
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
    List<OrgReply.OrgHint> all = new ArrayList<>();
    open.forEach(project -> all.add(new OrgReply.OrgHint(Hint.Kind.WORK, project)));
    if (others != null) {
      all.addAll(others);
    }
    return all;
  }

  private void other(OrgReply.OrgHint hint) {
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
