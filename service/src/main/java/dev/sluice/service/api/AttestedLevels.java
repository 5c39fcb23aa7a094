package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.work.SecurityLevels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The levels that a machine enforces: docs/protocol.md, "Execution security". */
public final class AttestedLevels {

  /** The member of a registration in which a Go daemon attests them. */
  public static final String MEMBER = "executionSecurityEnforcement";

  private AttestedLevels() {}

  /**
   * Returns the level of each dimension that machines attest; an unknown or missing level counts as
   * the weakest. Empty if a registration attests nothing, or no object.
   */
  static Map<String, String> of(JsonBody registration) {
    Map<String, String> levels = new LinkedHashMap<>();
    String json = registration.raw(MEMBER);
    if (json != null && json.startsWith("{")) {
      try {
        JsonNode given = JsonBody.tree(json);
        SecurityLevels.LADDERS.forEach(
            (dimension, ladder) -> {
              String level = given.path(dimension).asText();
              levels.put(dimension, ladder.contains(level) ? level : ladder.get(0));
            });
        levels.remove(SecurityLevels.TOOL_APPROVAL);
      } catch (JsonProcessingException e) {
        return Map.of(); // it holds a number that is too long
      }
    }
    return levels;
  }

  static String json(Map<String, String> levels) {
    return levels.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  static List<String> capabilities(Map<String, String> levels) {
    return levels.entrySet().stream()
        .flatMap(each -> SecurityLevels.upTo(each.getKey(), each.getValue()).stream())
        .toList();
  }
}
