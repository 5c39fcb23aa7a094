package dev.sluice.backend;

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
   * @param reason why, for people
   * @param actor who does it
   * @param untilMs when it ends by itself, epoch ms; 0 for until resumed
   * @return the queue after it
   */
  Decided<ProjectQueue> pause(
      String org, String project, String reason, String actor, long untilMs);

  /** Ends a pause; changes nothing where there is none. */
  Decided<ProjectQueue> resume(String org, String project);

  /**
   * Sets what a project may use from now on. Takes nothing back that is claimed. Without a budget
   * what was spent is forgotten. The limits in force again change nothing.
   */
  Decided<ProjectQueue> limit(String org, String project, QueueLimits limits);
}
