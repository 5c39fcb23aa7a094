package dev.sluice.backend.engine.write;

import dev.sluice.backend.Names;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.CapabilitySet;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.WorkIndex;
import dev.sluice.backend.engine.state.WorkerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best item for a worker, from the heads of open buckets: one head for each set of capabilities
 * if the worker takes all projects, else the buckets of its projects. Beyond heads it only skips
 * items this worker nacked, which are few, and unreadable heads.
 */
final class Selection {

  private final WriteStep step;
  private final WorkerEntry worker;
  private final String workerId;
  private final boolean hasReturns;
  private @Nullable SessionRecord best;
  private long bestScore;
  private String bestId = "";

  Selection(WriteStep step, WorkerEntry worker) {
    this.step = step;
    this.worker = worker;
    workerId = worker.record().id();
    hasReturns = step.state().workerClaims(workerId).returns() > 0;
  }

  @Nullable SessionRecord best() {
    best = null;
    WorkIndex work = step.state().work();
    List<CapabilitySet> covered = worker.covered(work);
    List<String> projects = worker.projects();
    if (projects.isEmpty()) {
      for (int i = 0; i < covered.size(); i++) {
        bestOfAll(covered.get(i));
      }
    } else {
      for (int i = 0; i < projects.size(); i++) {
        ProjectWork project = work.project(projects.get(i));
        if (project != null) {
          bestOf(project);
        }
      }
    }
    return best;
  }

  private void bestOfAll(CapabilitySet set) {
    for (Bucket bucket : set.openBuckets()) {
      if (!couldBeBetter(bucket) || lookAtHead(bucket)) {
        return; // later heads are worse
      }
    }
  }

  private void bestOf(ProjectWork project) {
    List<Bucket> buckets = project.buckets();
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      if (bucket.open() && worker.covers(bucket.capabilities()) && couldBeBetter(bucket)) {
        lookAtHead(bucket);
      }
    }
  }

  private boolean couldBeBetter(Bucket bucket) {
    return best == null || isBetter(bucket.headScore(), bucket.headId());
  }

  private boolean isBetter(long score, String id) {
    return score != bestScore ? score < bestScore : Names.compareBytes(id, bestId) < 0;
  }

  private boolean lookAtHead(Bucket bucket) {
    SessionSlot slot = step.state().session(bucket.headId());
    if (slot instanceof SessionRecord head && !(hasReturns && head.keptFrom(workerId))) {
      take(head);
      return true;
    }
    if (slot instanceof SessionRecord) {
      lookBehindReturns(bucket);
    } else {
      step.indexed(bucket.headId()); // notes the damaged head; the bucket is skipped
    }
    return false;
  }

  private void lookBehindReturns(Bucket bucket) {
    bucket
        .items()
        .visit(
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
