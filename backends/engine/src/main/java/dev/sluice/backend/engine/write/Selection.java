package dev.sluice.backend.engine.write;

import dev.sluice.backend.Names;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.CapabilitySet;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkIndex;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.workers.Projects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best item for a worker, from the heads of open buckets: one head for each set of capabilities
 * if the worker takes all projects, else the buckets of its projects; for a worker that lists
 * repositories, of work that names one, the heads of their lanes. Beyond heads it only skips items
 * this worker nacked, which are few, and unreadable heads.
 */
final class Selection {

  private record Lane(String project, RankedSet items) {}

  private final WriteStep step;
  private final WorkerEntry worker;
  private final String workerId;
  private final boolean hasReturns;
  private final boolean lists;
  private final List<Lane> lanes = new ArrayList<>(0);
  private @Nullable SessionRecord best;
  private long bestScore;
  private String bestId = "";

  Selection(WriteStep step, WorkerEntry worker) {
    this.step = step;
    this.worker = worker;
    workerId = worker.record().id();
    hasReturns = step.state().workerClaims(workerId).returns() > 0;
    lists = !worker.repositories().isEmpty();
    if (lists) {
      worker.covered(step.state().work()).forEach(this::addLanes);
    }
  }

  private void addLanes(CapabilitySet set) {
    if (set.lanes() != null) {
      set.lanes()
          .visit(
              worker.repositories(),
              (project, items) -> {
                if (worker.takes(project)) {
                  lanes.add(new Lane(project, items));
                }
              });
    }
  }

  @Nullable SessionRecord best() {
    best = null;
    WorkIndex work = step.state().work();
    List<CapabilitySet> covered = worker.covered(work);
    Projects projects = worker.projects();
    bestOfLanes(work);
    if (projects.all()) {
      for (int i = 0; i < covered.size(); i++) {
        if (!byRepository(covered.get(i))) {
          bestOfAll(covered.get(i));
        }
      }
    } else {
      List<String> names = projects.names();
      for (int i = 0; i < names.size(); i++) {
        ProjectWork project = work.project(names.get(i));
        if (project != null) {
          bestOf(project);
        }
      }
    }
    return best;
  }

  /** True if the set has lanes, and the worker takes only some. */
  private boolean byRepository(CapabilitySet set) {
    return lists && set.lanes() != null;
  }

  private void bestOfLanes(WorkIndex work) {
    for (int i = 0; i < lanes.size(); i++) {
      RankedSet items = lanes.get(i).items();
      ProjectWork project = items.isEmpty() ? null : work.project(lanes.get(i).project());
      if (project != null
          && project.open()
          && couldBeBetter(items.firstNumber(), items.firstId())) {
        lookAtHead(items);
      }
    }
  }

  private void bestOfAll(CapabilitySet set) {
    for (Bucket bucket : set.openBuckets()) {
      if (!couldBeBetter(bucket.headScore(), bucket.headId()) || lookAtHead(bucket.items())) {
        return; // later heads are worse
      }
    }
  }

  private void bestOf(ProjectWork project) {
    List<Bucket> buckets = project.buckets();
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      if (bucket.open()
          && worker.covers(bucket.capabilities())
          && !byRepository(bucket.capabilities())
          && couldBeBetter(bucket.headScore(), bucket.headId())) {
        lookAtHead(bucket.items());
      }
    }
  }

  private boolean couldBeBetter(long score, String id) {
    return best == null || isBetter(score, id);
  }

  private boolean isBetter(long score, String id) {
    return score != bestScore ? score < bestScore : Names.compareBytes(id, bestId) < 0;
  }

  private boolean lookAtHead(RankedSet items) {
    SessionSlot slot = step.state().waiting(items.firstId());
    if (slot instanceof SessionRecord head && !(hasReturns && head.keptFrom(workerId))) {
      take(head);
      return true;
    }
    if (slot instanceof SessionRecord) {
      lookBehindReturns(items);
    } else {
      step.indexed(items.firstId()); // notes the damaged head; the bucket is skipped
    }
    return false;
  }

  private void lookBehindReturns(RankedSet items) {
    items.visit(
        (score, id) -> {
          SessionRecord session = step.indexed(id);
          if (session == null || (best != null && !isBetter(score, id))) {
            return false;
          }
          if (session.keptFrom(workerId)) {
            return true;
          }
          take(session);
          return false;
        });
  }

  private void take(SessionRecord session) {
    best = session;
    bestScore = session.score();
    bestId = session.id();
  }
}
