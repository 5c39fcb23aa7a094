package dev.sluice.backend.inbox;

import dev.sluice.backend.Idempotency;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * @param type not a stop, see {@code Sessions.stop}
 * @param payload at most {@link #MAX_PAYLOAD_BYTES} bytes of UTF-8
 * @param userName for people
 */
public record NewMessage(
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    @Nullable Idempotency idempotency) {

  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

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

  public NewMessage(
      MessageType type,
      Lane lane,
      String payload,
      @Nullable String userId,
      @Nullable String userName) {
    this(type, lane, payload, userId, userName, null);
  }

  public NewMessage bearing(@Nullable Idempotency call) {
    return new NewMessage(type, lane, payload, userId, userName, call);
  }
}
