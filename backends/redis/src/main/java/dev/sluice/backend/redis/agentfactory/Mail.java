package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An unacknowledged message of the other server.
 *
 * @param key of its stream, with its id
 * @param atMs first part of its id, when it was sent
 * @param number second part of its id
 * @param read true if a worker has read it
 * @param readAt epoch ms; 0 for not yet
 * @param reader id of that worker, if it is known
 */
record Mail(
    String key,
    String session,
    Lane lane,
    MessageType type,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    long atMs,
    long number,
    boolean read,
    long readAt,
    @Nullable String reader) {

  /** Returns the reason why an entry is no message; null if it is one. */
  static @Nullable String problem(@Nullable ObjectNode json) {
    if (json == null) {
      return "it has no JSON object in the field data";
    }
    if (Json.text(json, "sessionId") == null) {
      return "it names no session";
    }
    if (type(json) == null) {
      return "its type is unknown";
    }
    String payload = Json.text(json, "payload");
    if (payload == null) {
      return "it has no payload";
    }
    String tooLong = NewMessage.payloadProblem(payload);
    return tooLong == null ? null : "its payload " + tooLong;
  }

  static @Nullable MessageType type(ObjectNode json) {
    String type = Json.text(json, "type");
    return Arrays.stream(MessageType.values())
        .filter(each -> each.wire().equals(type))
        .findFirst()
        .orElse(null);
  }

  /** Returns the name unless it is invalid. */
  static @Nullable String user(ObjectNode json, String member) {
    String name = Json.text(json, member);
    return name == null || Names.problem(name) != null ? null : name;
  }

  Mail inLane(Lane other) {
    return new Mail(
        key, session, other, type, payload, userId, userName, atMs, number, read, readAt, reader);
  }
}
