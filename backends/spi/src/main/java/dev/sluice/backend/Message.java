package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/**
 * A message in a session's inbox, protocol 6.1.
 *
 * @param id unique in the org: {@code <epoch ms>-<sequence number>}
 * @param sessionId whose inbox
 * @param createdAtMs epoch ms
 * @param offeredAtMs when a poll or a refresh last offered it, epoch ms, that very one included; 0
 *     if none did, and for what an ended session has left behind
 */
public record Message(
    String id,
    String sessionId,
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    long createdAtMs,
    long offeredAtMs) {

  /** One that was just sent. */
  public Message(
      String id,
      String sessionId,
      MessageType type,
      Lane lane,
      String payload,
      @Nullable String userId,
      @Nullable String userName,
      long createdAtMs) {
    this(id, sessionId, type, lane, payload, userId, userName, createdAtMs, 0);
  }

  /** The same, offered then. */
  public Message offered(long atMs) {
    return new Message(id, sessionId, type, lane, payload, userId, userName, createdAtMs, atMs);
  }
}
