package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/**
 * A message in a session's inbox, protocol 6.1.
 *
 * @param id unique in the org: {@code <epoch ms>-<sequence number>}
 * @param sessionId whose inbox
 * @param createdAtMs epoch ms
 */
public record Message(
    String id,
    String sessionId,
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    long createdAtMs) {}
