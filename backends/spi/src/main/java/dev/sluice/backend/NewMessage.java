package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/**
 * A message to a session.
 *
 * @param type what it asks for; a stop is sent by {@link Sessions#stop} instead
 * @param lane its lane
 * @param payload at most {@link #MAX_PAYLOAD_BYTES} bytes of UTF-8
 * @param userId who sent it, or null
 * @param userName the same for people, or null
 */
public record NewMessage(
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName) {

  /** Most bytes of a payload. */
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;
}
