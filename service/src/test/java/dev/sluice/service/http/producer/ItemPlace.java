package dev.sluice.service.http.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A line of {@code item-members.txt}. */
record ItemPlace(String path, String type, String right) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<String, String> RIGHT =
      Map.ofEntries(
          Map.entry("string", "\"x\""),
          Map.entry("boolean", "true"),
          Map.entry("int", "-9223372036854775808"),
          Map.entry("count", "9223372036854775807"),
          Map.entry("object", "{}"),
          Map.entry("closed", "{}"),
          Map.entry("strings", "[\"x\",null]"),
          Map.entry("strings-by-name", "{\"A\":\"x\",\"B\":null}"),
          Map.entry("objects", "[{}]"));

  /** Of each type, each with the place that the refusal names. */
  private static final Map<String, List<String>> WRONG =
      Map.ofEntries(
          Map.entry("string", List.of("5", "true", "[]", "{}")),
          Map.entry("boolean", List.of("\"true\"", "1")),
          Map.entry("int", List.of("\"5\"", "1.5", "1e20", "1e2", "9223372036854775808", "{}")),
          Map.entry("count", List.of("\"5\"", "1.5", "1e20", "-1", "9223372036854775808")),
          Map.entry("object", List.of("[]", "\"x\"", "5")),
          Map.entry("closed", List.of("[]", "\"x\"", "{\"other\":1}")),
          Map.entry("strings", List.of("\"x\"", "{}", "[5]@[0]", "[\"x\",[]]@[1]")),
          Map.entry("strings-by-name", List.of("[]", "\"x\"", "{\"A\":5}", "{\"A\":{}}")),
          Map.entry("objects", List.of("{}", "\"x\"", "[5]@[0]", "[null,\"x\"]@[1]")));

  /** A wrong value in its item; {@code field} is its path. */
  record Wrong(String item, String field) {}

  static List<ItemPlace> all() {
    try (InputStream lines =
        Objects.requireNonNull(ItemPlace.class.getResourceAsStream("item-members.txt"))) {
      return new String(lines.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 3))
          .map(
              part ->
                  new ItemPlace(
                      part[0],
                      part[1],
                      part.length > 2 ? part[2] : Objects.requireNonNull(RIGHT.get(part[1]))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Wrong> wrong() {
    return Objects.requireNonNull(WRONG.get(type)).stream()
        .map(
            each -> {
              String[] valueAndPlace = each.split("@", 2);
              String below = valueAndPlace.length > 1 ? valueAndPlace[1] : "";
              return new Wrong(item(valueAndPlace[0]), path.replace("[]", "[0]") + below);
            })
        .toList();
  }

  String item(String json) {
    ObjectNode item = MAPPER.createObjectNode().put("prompt", "p");
    put(item, parsed(json));
    return item.toString();
  }

  /** Puts a value at this place; what leads there is made. */
  void put(ObjectNode item, JsonNode value) {
    ObjectNode at = item;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      at = inside(at, steps[i]);
    }
    at.set(steps[steps.length - 1], value);
  }

  void putRight(ObjectNode item) {
    put(item, parsed(right));
  }

  private static ObjectNode inside(ObjectNode at, String step) {
    if (!step.endsWith("[]")) {
      return at.withObjectProperty(step);
    }
    ArrayNode list = at.withArrayProperty(step.substring(0, step.length() - 2));
    return list.isEmpty() ? list.addObject() : (ObjectNode) list.get(0);
  }

  static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
