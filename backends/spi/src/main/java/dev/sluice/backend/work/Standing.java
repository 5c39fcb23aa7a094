package dev.sluice.backend.work;

import dev.sluice.backend.Page;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands and what the store knows of why it waits; see {@link WhyItWaits}.
 *
 * @param session the session
 * @param behind for parked work, the session of its issue that goes first: the claimed one, else
 *     the best; null for all other work
 * @param behindClaimed whether that one is claimed
 * @param queue the queue of its project
 */
public record Standing(
    Session session, @Nullable String behind, boolean behindClaimed, ProjectQueue queue) {

  /** The sessions of a page, without the rest. */
  public static Page<Session> sessions(Page<Standing> page) {
    return new Page<>(page.items().stream().map(Standing::session).toList(), page.next());
  }
}
