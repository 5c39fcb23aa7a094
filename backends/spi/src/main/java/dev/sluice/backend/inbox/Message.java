package dev.sluice.backend.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A message in an inbox.
 *
 * @param id unique in the org: {@code <epoch ms>-<sequence number>}
 * @param createdAtMs epoch ms
 * @param offeredAtMs last offer, the present one included, epoch ms; 0 for none
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

  /** UTF-8. */
  public static final int EXCERPT_BYTES = 256;

  public static final String CUT = "…";

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

  public Message offered(long atMs) {
    return new Message(id, sessionId, type, lane, payload, userId, userName, createdAtMs, atMs);
  }

  public Message excerpted() {
    return new Message(
        id, sessionId, type, lane, excerpt(payload), userId, userName, createdAtMs, offeredAtMs);
  }

  /** Cuts to {@link #EXCERPT_BYTES} in whole characters, then {@link #CUT}. */
  public static String excerpt(String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    if (bytes.length <= EXCERPT_BYTES) {
      return payload;
    }
    int end = EXCERPT_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8) + CUT;
  }
}
