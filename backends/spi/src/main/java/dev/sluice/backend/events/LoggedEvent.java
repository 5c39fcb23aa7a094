package dev.sluice.backend.events;

import org.jspecify.annotations.Nullable;

/**
 * One change of an org. It never holds what a prompt or a message says.
 *
 * @param number grows by one with each event of the org
 * @param atMs the store's time, epoch ms
 * @param project of the session or the finding, or the one that changed; null for none, as for a
 *     change of a worker or a key
 * @param detail see the type; null for none, and for one of more than {@link #MAX_DETAIL_BYTES}
 */
public record LoggedEvent(
    long number,
    long atMs,
    EventType type,
    @Nullable String project,
    @Nullable String sessionId,
    @Nullable String workerId,
    @Nullable String detail) {

  /** In UTF-8. */
  public static final int MAX_DETAIL_BYTES = 512;
}
