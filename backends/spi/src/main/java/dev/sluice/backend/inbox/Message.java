package dev.sluice.backend.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A message in a session's inbox, protocol 6.1.
 *
 * @param id unique in the org: {@code <epoch ms>-<sequence number>}
 * @param sessionId whose inbox
 * @param createdAtMs epoch ms
 * @param offeredAtMs when a poll or a refresh last offered it, epoch ms, that very one included; 0
 *     if none did
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

  /** How much of a text is kept where it is cut, in bytes of UTF-8. */
  public static final int EXCERPT_BYTES = 256;

  /** What stands behind a text that was cut. */
  public static final String CUT = "…";

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

  /** The same with its text cut. */
  public Message excerpted() {
    return new Message(
        id, sessionId, type, lane, excerpt(payload), userId, userName, createdAtMs, offeredAtMs);
  }

  /**
   * The beginning of a text: at most {@link #EXCERPT_BYTES}, whole characters, and {@link #CUT}
   * where more followed.
   */
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
