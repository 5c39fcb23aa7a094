package dev.sluice.backend.inbox;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.sessions.Sessions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message to a session.
 *
 * @param type what it asks for; a stop is sent by {@link Sessions#stop} instead
 * @param lane its lane
 * @param payload at most {@link #MAX_PAYLOAD_BYTES} bytes of UTF-8
 * @param userId who sent it, or null
 * @param userName the same for people, or null
 * @param idempotency tells a repeat of the call, or null
 */
public record NewMessage(
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    @Nullable Idempotency idempotency) {

  /** Most bytes of a payload. */
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  /**
   * Says what is wrong with a payload, to be put behind the name of its field; null if nothing is.
   */
  public static @Nullable String payloadProblem(String payload) {
    int over = payload.getBytes(StandardCharsets.UTF_8).length - MAX_PAYLOAD_BYTES;
    return over <= 0
        ? null
        : "must be at most "
            + MAX_PAYLOAD_BYTES
            + " bytes of UTF-8; "
            + over
            + (over == 1 ? " is" : " are")
            + " too many";
  }

  /** A message of a call without a key. */
  public NewMessage(
      MessageType type,
      Lane lane,
      String payload,
      @Nullable String userId,
      @Nullable String userName) {
    this(type, lane, payload, userId, userName, null);
  }

  /** The same message in a call with a key. */
  public NewMessage bearing(@Nullable Idempotency call) {
    return new NewMessage(type, lane, payload, userId, userName, call);
  }
}
