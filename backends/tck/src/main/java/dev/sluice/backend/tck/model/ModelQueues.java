package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.Pause;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.Queues;
import dev.sluice.backend.Refusal;
import org.jspecify.annotations.Nullable;

/** What closes and opens the queues of projects. */
final class ModelQueues implements Queues {

  private final ModelStore store;

  ModelQueues(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<ProjectQueue> find(String org, String project) {
    return store.turn(org, state -> state.queue(project));
  }

  @Override
  public Decided<Page<ProjectQueue>> list(String org, @Nullable Cursor cursor, int limit) {
    return store.turn(
        org,
        state -> {
          Page<String> names =
              Pages.page(
                  state.projectNames(),
                  name -> new Cursor(0, name),
                  Pages.ASCENDING,
                  cursor,
                  limit);
          return Pages.shown(names, state::queue);
        });
  }

  @Override
  public Decided<ProjectQueue> pause(String org, String project, long untilMs, AuditNote note) {
    return store.turn(
        org,
        state -> {
          requireRoom(state, project);
          state.change();
          state.project(project).pause = new Pause(note.reason(), note.actor(), state.now, untilMs);
          state.audit(note, AuditAct.pause(project, untilMs));
          return state.queue(project);
        });
  }

  @Override
  public Decided<ProjectQueue> resume(String org, String project, AuditNote note) {
    return store.turn(
        org,
        state -> {
          if (state.project(project).pause != null) {
            state.change();
            state.project(project).pause = null;
          }
          state.audit(note, AuditAct.resume(project));
          return state.queue(project);
        });
  }

  @Override
  public Decided<ProjectQueue> limit(
      String org, String project, QueueLimits limits, AuditNote note) {
    return store.turn(
        org,
        state -> {
          if (!state.project(project).limits.equals(limits)) {
            requireRoom(state, project);
            state.change();
            state.project(project).limit(limits, state.now);
          }
          state.audit(note, AuditAct.limit(project, limits));
          return state.queue(project);
        });
  }

  private static void requireRoom(OrgState org, String project) {
    if (org.isOneTooMany(project)) {
      throw org.refusal(Refusal.TOO_MANY_PROJECTS, project);
    }
  }
}
