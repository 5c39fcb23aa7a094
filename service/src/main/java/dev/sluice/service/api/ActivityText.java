package dev.sluice.service.api;

import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the store keeps of an activity: one JSON object, in which {@link #CONTENT} is always there
 * and is what to show; all other members depend on the type, and are as they came.
 */
public final class ActivityText {

  /** The member to show, a text. */
  public static final String CONTENT = "content";

  /** The tool that it tells of, where it does. */
  public static final String TOOL_NAME = "toolName";

  private ActivityText() {}

  /**
   * Puts it together.
   *
   * @param whole what to call all of it where it is too long together
   * @param said where the members were read
   * @param kept name to JSON
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

  /**
   * Insists that a member fits.
   *
   * @throws ApiException 413
   */
  public static void requireShort(String name, String json) {
    if (json.getBytes(StandardCharsets.UTF_8).length > NewActivity.MAX_BODY_BYTES) {
      throw ApiException.tooLarge(name, NewActivity.MAX_BODY_BYTES);
    }
  }
}
