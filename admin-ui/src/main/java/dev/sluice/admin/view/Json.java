package dev.sluice.admin.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Looks into JSON that others wrote, which may be anything. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A member of an object as text; null where there is none, or where it is no object. */
  static @Nullable String member(String json, String name) {
    JsonNode node = read(json);
    JsonNode member = node == null ? null : node.get(name);
    return member == null || member.isNull() ? null : text(member);
  }

  /** A value as people read it: a string without its quotes, all else as it stands. */
  static String text(String json) {
    JsonNode node = read(json);
    return node == null ? json : text(node);
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }

  static @Nullable JsonNode read(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
