package dev.sluice.service.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.openapi.OpenApiDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** JSON made from a schema, with occasional violations. */
final class OpenApiValues {

  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "3.0",
          "1.5",
          "1e400",
          "-1e-400",
          "99999999999999999999",
          "9223372036854775807",
          "\"\"",
          "\" \"",
          "\"3\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u2028\\u202e\"",
          "\"\u00fc\ud83d\udca5\"",
          "\"../../..\"",
          "\"<b>&amp;'\\\"\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "\u20ac".repeat(30_000) + "\"",
          "[]",
          "{}",
          "[null]",
          "[[[]]]",
          "{\"a\":1,\"a\":2}",
          "{\"a\":1,\"A\":2}",
          "[".repeat(250) + "]".repeat(250),
          "{\"\":{\"\":null}}");

  private static final int DEEPEST = 6;

  private final OpenApiDocument document;
  private final Random random;
  private final double wrong;

  /**
   * @param wrong share of violations, 0 to 1
   */
  OpenApiValues(OpenApiDocument document, Random random, double wrong) {
    this.document = document;
    this.random = random;
    this.wrong = wrong;
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** A value that hardly any schema allows. */
  String hostile() {
    return pick(HOSTILE);
  }

  String value(JsonNode schema) {
    return value(schema, 0);
  }

  private String value(JsonNode given, int depth) {
    if (random.nextDouble() < wrong || depth > DEEPEST) {
      return hostile();
    }
    JsonNode schema = document.resolve(given);
    if (schema.has("const")) {
      return schema.path("const").toString();
    }
    if (schema.has("enum")) {
      return schema.path("enum").path(random.nextInt(schema.path("enum").size())).toString();
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.path(random.nextInt(type.size())).asText() : type.asText();
    return switch (name) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "string" -> TextNode.valueOf(text(schema)).toString();
      case "integer" -> Long.toString(whole(schema));
      case "number" -> Double.toString(random.nextInt(1_000) / 8.0);
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "null" -> "null";
      default -> combined(schema, depth);
    };
  }

  private String combined(JsonNode schema, int depth) {
    for (String kind : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.has(kind)) {
        return schema.has("properties")
            ? object(schema, depth)
            : value(schema.path(kind).path(random.nextInt(schema.path(kind).size())), depth);
      }
    }
    return hostile(); // any JSON will do
  }

  private String array(JsonNode schema, int depth) {
    int size = random.nextInt(4);
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(schema.path("items"), depth + 1));
    }
    return "[" + String.join(",", elements) + "]";
  }

  private String object(JsonNode schema, int depth) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    Set<String> required = new TreeSet<>();
    collect(schema, properties, required);
    List<String> members = new ArrayList<>();
    properties.forEach(
        (name, of) -> {
          if (required.contains(name) ? random.nextDouble() >= wrong : random.nextInt(3) == 0) {
            members.add(TextNode.valueOf(name) + ":" + value(of, depth + 1));
          }
        });
    if (random.nextDouble() < wrong && !members.isEmpty()) {
      members.add(pick(members)); // a second time
    }
    if (random.nextInt(8) == 0) {
      members.add("\"unheardOf\":" + hostile());
    }
    return members.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private void collect(JsonNode given, Map<String, JsonNode> properties, Set<String> required) {
    JsonNode schema = document.resolve(given);
    schema
        .path("properties")
        .properties()
        .forEach(each -> properties.put(each.getKey(), each.getValue()));
    schema.path("required").forEach(each -> required.add(each.asText()));
    schema.path("allOf").forEach(each -> collect(each, properties, required));
    if (schema.has("anyOf")) {
      collect(
          schema.path("anyOf").path(random.nextInt(schema.path("anyOf").size())),
          properties,
          required);
    }
  }

  private String text(JsonNode schema) {
    if (schema.path("format").asText().equals("date-time")) {
      return "2099-01-01T00:00:00Z";
    }
    if (schema.path("format").asText().equals("uri")) {
      return "https://example.com/" + random.nextInt(100);
    }
    String text = pick(List.of("a", "node", "Fix it", "\u00fc", "a/b c", "x".repeat(200)));
    return schema.path("minLength").asInt() == 0 && random.nextInt(10) == 0 ? "" : text;
  }

  /** Often a limit, if there are any. */
  private long whole(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(Long.MAX_VALUE);
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      default -> Math.min(most, least + random.nextInt(20));
    };
  }
}
