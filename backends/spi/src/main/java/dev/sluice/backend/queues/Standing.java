package dev.sluice.backend.queues;

import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session and the reasons for waiting that the store knows; see {@link WhyItWaits}.
 *
 * @param behind for parked work the claimed session of its issue, else the best one; null for other
 *     work, and if that session is of another project, as in Redis' layout 7
 * @param behindClaimed true if that one is claimed
 */
public record Standing(
    Session session, @Nullable String behind, boolean behindClaimed, ProjectQueue queue) {

  public static Page<Session> sessions(Page<Standing> page) {
    return new Page<>(page.items().stream().map(Standing::session).toList(), page.next());
  }
}
