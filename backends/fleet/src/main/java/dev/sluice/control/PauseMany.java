package dev.sluice.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pauses and resumes queues one by one. The reason of a pause starts with {@link #MARK}, and tells
 * it from a pause of one project by the same actor.
 */
public final class PauseMany {

  public static final String MARK = "pause all: ";

  private final Queues queues;
  private final Actor actor;
  private final Predicate<String> mine;
  private final boolean dryRun;
  private final List<ProjectQueue> changed = new ArrayList<>();
  private final List<ProjectQueue> left = new ArrayList<>();

  PauseMany(Queues queues, Actor actor, Predicate<String> mine, boolean dryRun) {
    this.queues = queues;
    this.actor = actor;
    this.mine = mine;
    this.dryRun = dryRun;
  }

  /** See {@link AuditNote#problem}; the mark takes some of the bytes. */
  public static @Nullable String problem(String reason) {
    return AuditNote.problem(MARK + reason);
  }

  PausedMany pause(long untilMs) {
    AuditNote note = actor.because(MARK + actor.reason()).note();
    for (ProjectQueue read : all()) {
      ProjectQueue queue = now(read);
      if (isPaused(queue)) {
        left.add(queue);
      } else {
        changed.add(queue);
        if (!dryRun) {
          queues.pause(actor.org(), queue.project(), untilMs, note);
        }
      }
    }
    return new PausedMany(changed, left);
  }

  PausedMany resume(boolean anyones) {
    for (ProjectQueue read : all()) {
      ProjectQueue queue = isPaused(read) ? now(read) : read;
      if (!isPaused(queue)) {
        continue;
      }
      if (anyones || isOurs(queue.pause())) {
        changed.add(queue);
        if (!dryRun) {
          queues.resume(actor.org(), queue.project(), actor.note());
        }
      } else {
        left.add(queue);
      }
    }
    return new PausedMany(changed, left);
  }

  /** Others may have paused or resumed it while this went through the projects. */
  private ProjectQueue now(ProjectQueue read) {
    return dryRun ? read : queues.find(actor.org(), read.project());
  }

  private static boolean isPaused(ProjectQueue queue) {
    return queue.pause() != null;
  }

  private boolean isOurs(@Nullable Pause pause) {
    return pause != null && pause.actor().equals(actor.name()) && pause.reason().startsWith(MARK);
  }

  private List<ProjectQueue> all() {
    return Page.all(cursor -> queues.list(actor.org(), cursor, Page.MAX)).stream()
        .filter(queue -> mine.test(queue.project()))
        .toList();
  }
}
