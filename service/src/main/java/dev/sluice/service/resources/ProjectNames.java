package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.work.NewWork;
import dev.sluice.service.auth.Caller;
import org.jspecify.annotations.Nullable;

/** Names of projects with live or dead work, a pause or limits. */
public final class ProjectNames {

  private static final Scope[] READERS = {Scope.FLEET_READ, Scope.WORK_WRITE};

  private final Queues queues;

  public ProjectNames(Queues queues) {
    this.queues = queues;
  }

  public static boolean readableBy(Caller caller) {
    return caller.mayAny(READERS);
  }

  public static void requireReader(Caller caller) {
    caller.reading(READERS);
  }

  public Page<String> page(Caller caller, @Nullable Cursor cursor, int limit) {
    Page<ProjectQueue> page = queues.list(caller.org(), cursor, limit);
    return new Page<>(
        page.items().stream()
            .map(ProjectQueue::project)
            .filter(project -> !project.equals(NewWork.ANY_PROJECT))
            .filter(caller::sees)
            .toList(),
        page.next());
  }
}
