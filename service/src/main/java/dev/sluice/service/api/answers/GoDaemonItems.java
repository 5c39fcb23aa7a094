package dev.sluice.service.api.answers;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.api.JsonBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items as the Go daemon reads them, protocol 5.2: it has no field {@code prompt} and knows the
 * session by two more names. What the item lacks of these is put behind its own members, which stay
 * as they are.
 */
final class GoDaemonItems {

  /** An item that carries this is compared with it, member by member: nothing may be added. */
  private static final String SEALED = "operationalPayload";

  private GoDaemonItems() {}

  /** The item with the aliases it lacks. */
  static String withAliases(PolledItem polled) {
    return withMissing(polled.sessionId(), polled.work().item(), polled.body(), Map.of());
  }

  /**
   * The item with the aliases and other members that it lacks.
   *
   * @param body the item, read
   * @param others name to JSON
   */
  static String withMissing(
      String sessionId, String item, JsonBody body, Map<String, String> others) {
    if (body.mentionsInAnyCase(SEALED)) {
      return item;
    }
    String id = TextNode.valueOf(sessionId).toString();
    StringBuilder added = new StringBuilder();
    add(body, added, "promptContext", body.raw("prompt"));
    add(body, added, "linearSessionId", id);
    add(body, added, "trackerSessionId", id);
    others.forEach((name, json) -> add(body, added, name, json));
    int end = item.lastIndexOf('}');
    return item.substring(0, end) + added + item.substring(end);
  }

  /**
   * Go takes a member for the alias whatever the case of its name; a second one would replace it.
   */
  private static void add(
      JsonBody item, StringBuilder added, String alias, @Nullable String value) {
    if (value != null && !item.mentionsInAnyCase(alias)) {
      added.append(",\"").append(alias).append("\":").append(value);
    }
  }
}
