package dev.sluice.backend.queues;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditNote;
import org.jspecify.annotations.Nullable;

/**
 * The queues of projects. A project needs no creation: naming it is enough.
 *
 * <p>Whether a queue is open is updated in the step that changes it, so polls look at open queues
 * only.
 */
public interface Queues {

  /** Returns a queue; an empty one for an unknown project. */
  Decided<ProjectQueue> find(String org, String project);

  /** Returns queues with live or dead work, limits or a pause, by the bytes of their names. */
  Decided<Page<ProjectQueue>> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * Pauses a queue, replacing a pause in force. Claimed work goes on.
   *
   * @param untilMs automatic end, epoch ms; 0 for none
   * @param note for the {@link Pause} and the audit line, written in the same step
   */
  Decided<ProjectQueue> pause(String org, String project, long untilMs, AuditNote note);

  /** Ends a pause, if there is one. */
  Decided<ProjectQueue> resume(String org, String project, AuditNote note);

  /**
   * Replaces the limits. Claims stay. Without a budget the spending is forgotten. Equal limits
   * change nothing.
   */
  Decided<ProjectQueue> limit(String org, String project, QueueLimits limits, AuditNote note);
}
