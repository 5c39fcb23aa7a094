package dev.sluice.backend.stops;

import dev.sluice.backend.audit.AuditNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to stop many sessions.
 *
 * @param id unique in the org while it is kept
 * @param project whose sessions; null for those of all projects
 * @param actor who ordered it, see {@link AuditNote#actor()}
 * @param reason why, see {@link AuditNote#reason()}; may be empty
 * @param atMs when, epoch ms, the store's time
 * @param targets the sessions, in the order in which they are stopped
 */
public record StopOrder(
    String id,
    @Nullable String project,
    String actor,
    String reason,
    long atMs,
    List<StopTarget> targets) {

  public StopOrder {
    targets = List.copyOf(targets);
  }
}
