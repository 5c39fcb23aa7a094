package dev.sluice.backend.queues;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queues of projects; naming a project creates it.
 *
 * <p>Whether a queue is open is updated in the step that changes it, so polls look at open queues
 * only.
 */
public interface Queues {

  /** An empty one for an unknown project. */
  ProjectQueue find(String org, String project);

  /** Queues with live or dead work, limits or a pause, by the bytes of their names. */
  Page<ProjectQueue> list(String org, @Nullable Cursor cursor, int limit);

  /** Projects named in one call of {@link #buckets}. */
  int MAX_NAMED = 100;

  /**
   * Lists the buckets that have work. Until all nodes know the call there are none.
   *
   * @param projects at most {@link #MAX_NAMED}; unknown ones have no bucket
   */
  List<WorkBucket> buckets(String org, List<String> projects);

  /**
   * Pauses a queue, replacing a pause. Claimed work goes on.
   *
   * @param untilMs automatic end, epoch ms; 0 for none
   */
  ProjectQueue pause(String org, String project, long untilMs, AuditNote note);

  ProjectQueue resume(String org, String project, AuditNote note);

  /**
   * Replaces the limits; claims stay. Without a budget the spending is forgotten. Equal limits
   * change nothing.
   */
  ProjectQueue limit(String org, String project, QueueLimits limits, AuditNote note);
}
