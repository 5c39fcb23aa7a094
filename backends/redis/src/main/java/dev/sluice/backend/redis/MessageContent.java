package dev.sluice.backend.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import org.jspecify.annotations.Nullable;

/** A message as stored: scripts keep it as text that they don't look into. */
record MessageContent(
    MessageType type,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName) {

  String json() {
    return Json.write(this);
  }

  /** A stored message. Its id begins with the time it was sent at. */
  static Message message(String sessionId, String id, String json) {
    try {
      MessageContent content = Json.MAPPER.readValue(json, MessageContent.class);
      return content.as(sessionId, id);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("message " + id + " of session " + sessionId, e);
    }
  }

  /** The sequence number in a message's id: its age. */
  static long number(String id) {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  Message as(String sessionId, String id) {
    long sentAt = Long.parseLong(id.substring(0, id.indexOf('-')));
    return new Message(id, sessionId, type, lane, payload, userId, userName, sentAt);
  }
}
