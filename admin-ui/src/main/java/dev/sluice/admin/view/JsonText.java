package dev.sluice.admin.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads foreign JSON, which may be invalid, and writes objects. */
public final class JsonText {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  /**
   * @param namesAndValues alternating; null values are left out
   */
  public static String object(@Nullable Object... namesAndValues) {
    try {
      return MAPPER.writeValueAsString(map(namesAndValues));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Map<String, Object> map(@Nullable Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        members.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return members;
  }

  /** Returns null without such a member or without an object. */
  public static @Nullable String member(String json, String name) {
    JsonNode node = read(json);
    JsonNode member = node == null ? null : node.get(name);
    return member == null || member.isNull() ? null : text(member);
  }

  public static String text(String json) {
    JsonNode node = read(json);
    return node == null ? json : text(node);
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }

  public static @Nullable JsonNode read(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
