package dev.sluice.service.api.answers;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.api.JsonBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items for the Go daemon, which has no field {@code prompt} and two more names for the session.
 * Missing aliases are appended to the item's own members.
 */
final class GoDaemonItems {

  /** An item with this member is compared byte for byte, so nothing may be added. */
  private static final String SEALED = "operationalPayload";

  private GoDaemonItems() {}

  static String withAliases(PolledItem polled) {
    return withMissing(polled.sessionId(), polled.work().item(), polled.body(), Map.of());
  }

  /**
   * Appends what the item lacks.
   *
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

  /** Go ignores the case of names; a second spelling would override the first. */
  private static void add(
      JsonBody item, StringBuilder added, String alias, @Nullable String value) {
    if (value != null && !item.mentionsInAnyCase(alias)) {
      added.append(",\"").append(alias).append("\":").append(value);
    }
  }
}
