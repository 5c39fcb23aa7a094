package dev.sluice.service.api;

import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The stored form of an activity: a JSON object with {@link #CONTENT}, the text to show, and other
 * members by type, byte for byte.
 */
public final class ActivityText {

  public static final String CONTENT = "content";

  public static final String TOOL_NAME = "toolName";

  private ActivityText() {}

  /**
   * @throws ApiException 400 for a number that clients can't read, 413
   */
  public static String of(String whole, JsonBody said, Map<String, String> kept) {
    said.requireFiniteNumbers(kept.keySet());
    kept.forEach(ActivityText::requireShort);
    String text =
        kept.entrySet().stream()
            .map(member -> '"' + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    requireShort(whole, text);
    return text;
  }

  public static void requireShort(String name, String json) {
    if (json.getBytes(StandardCharsets.UTF_8).length > NewActivity.MAX_BODY_BYTES) {
      throw ApiException.tooLarge(name, NewActivity.MAX_BODY_BYTES);
    }
  }
}
