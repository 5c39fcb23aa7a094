package dev.sluice.backend.queues;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditNote;
import org.jspecify.annotations.Nullable;

/**
 * The queues of an org's projects: what closes and opens them. A project needs no creation; it has
 * a queue as soon as it is named.
 *
 * <p>What closes a queue is kept when it changes, in the same step that changed it, so that a poll
 * looks at open queues only.
 */
public interface Queues {

  /** One project's queue; an empty one without limits for a project never heard of. */
  Decided<ProjectQueue> find(String org, String project);

  /**
   * The queues that hold live or dead work, have limits or are paused, by the bytes of their names.
   *
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   */
  Decided<Page<ProjectQueue>> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * Closes a queue. What is claimed of it goes on. A pause in force is replaced.
   *
   * @param untilMs when it ends by itself, epoch ms; 0 for until resumed
   * @param note who pauses it and why, for its {@link Pause} and for the audit line, which is left
   *     in the same step
   * @return the queue after it
   */
  Decided<ProjectQueue> pause(String org, String project, long untilMs, AuditNote note);

  /**
   * Ends a pause; changes nothing of the queue where there is none.
   *
   * @param note for the audit line, which is left in the same step
   */
  Decided<ProjectQueue> resume(String org, String project, AuditNote note);

  /**
   * Sets what a project may use from now on. Takes nothing back that is claimed. Without a budget
   * what was spent is forgotten. The limits in force again change nothing of the queue.
   *
   * @param note for the audit line, which is left in the same step
   */
  Decided<ProjectQueue> limit(String org, String project, QueueLimits limits, AuditNote note);
}
