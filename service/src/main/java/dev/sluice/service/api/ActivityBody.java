package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.service.errors.ApiException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ActivityBody {

  private static final String ACTIVITY = "activity";
  private static final String TYPE = "type";
  private static final String REQUIRED = "with type and content is required";

  private static final List<String> TYPES =
      List.of("thought", "action", "response", "error", "progress", "context");

  private static final List<String> TEXTS =
      List.of("toolCategory", "toolUseId", "providerName", "contextKey");

  private static final List<String> KEPT =
      List.of(
          ActivityText.CONTENT,
          ActivityText.TOOL_NAME,
          "toolInput",
          "toolCategory",
          "toolOutput",
          "toolUseId",
          "isError",
          "durationMs",
          "providerName",
          "timestamp",
          "contextKey",
          "contextValue",
          "metadata");

  private ActivityBody() {}

  public static NewActivity read(JsonBody body) {
    String raw = body.raw(ACTIVITY);
    if (raw == null) {
      return activity(body);
    }
    body.require(ACTIVITY, JsonNodeType.OBJECT, REQUIRED);
    try {
      return activity(JsonBody.parse(raw));
    } catch (ApiException e) {
      throw ACTIVITY.equals(e.field()) ? e : e.inside(ACTIVITY);
    }
  }

  private static NewActivity activity(JsonBody said) {
    @Nullable String type = said.string(TYPE);
    @Nullable String content = said.string(ActivityText.CONTENT);
    if (type == null || content == null) {
      throw ApiException.invalid(ACTIVITY, REQUIRED);
    }
    if (!TYPES.contains(type)) {
      throw ApiException.invalid(TYPE, "must be one of: " + String.join(", ", TYPES));
    }
    if (content.isEmpty()) {
      throw ApiException.invalid(ActivityText.CONTENT, "must not be empty");
    }
    @Nullable String toolName = said.name(ActivityText.TOOL_NAME);
    TEXTS.forEach(said::string); // insists on well-formed text
    said.require("isError", JsonNodeType.BOOLEAN, "must be a boolean");
    said.require("metadata", JsonNodeType.OBJECT, "must be an object");
    said.number("durationMs", 0, Double.MAX_VALUE, "must be a number, not negative");
    return new NewActivity(
        type,
        ActivityText.of(ACTIVITY, said, said.raw(KEPT)),
        toolName,
        Collections.emptySortedMap());
  }
}
