package dev.sluice.backend.redis.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line of JSON before the text of a stored message. Scripts look for its end, to cut the text,
 * and for the lane.
 */
public record MessageContent(
    MessageType type, Lane lane, @Nullable String userId, @Nullable String userName) {

  /** Fields before the message in {@code {org}:acked}. */
  private static final int ACKED_FIELDS = 4;

  static MessageContent of(Message message) {
    return new MessageContent(message.type(), message.lane(), message.userId(), message.userName());
  }

  /** The message as stored. */
  public String with(String payload) {
    return Json.write(this) + '\n' + payload;
  }

  /** Its id begins with the sending time. */
  public static Message message(String sessionId, String id, String stored) {
    int end = stored.indexOf('\n');
    try {
      MessageContent content =
          Json.MAPPER.readValue(stored.substring(0, Math.max(0, end)), MessageContent.class);
      return content.as(sessionId, id, stored.substring(end + 1));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("message " + id + " of session " + sessionId, e);
    }
  }

  /** Reads a line of {@code {org}:acked}. */
  public static AckedMessage acked(String sessionId, String line) {
    List<String> fields = List.of(line.split(String.valueOf(Text.UNIT), ACKED_FIELDS + 1));
    Message message = message(sessionId, fields.get(3), fields.get(ACKED_FIELDS));
    List<String> by = Text.parts(fields.get(1));
    return new AckedMessage(
        message.offered(Long.parseLong(fields.get(2))),
        Long.parseLong(fields.get(0)),
        Text.orNull(by.get(0)),
        by.size() == 1 ? null : by.get(1));
  }

  /** Sequence number in a message's id. */
  public static long number(String id) {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  public Message as(String sessionId, String id, String payload) {
    long sentAt = Long.parseLong(id.substring(0, id.indexOf('-')));
    return new Message(id, sessionId, type, lane, payload, userId, userName, sentAt);
  }
}
