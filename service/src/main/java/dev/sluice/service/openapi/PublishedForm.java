package dev.sluice.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form of the document that clients read. The files say more than generators of clients can
 * express, and tests check answers against all of it. Publishing changes five things:
 *
 * <ul>
 *   <li>Alternatives ({@code anyOf}, {@code oneOf}) are left out. The members that they choose
 *       among remain, and are optional. An alternative to {@code null} remains alone.
 *   <li>Closed objects are open: clients of an older version must read the members of a newer one,
 *       and some generators refuse unknown members unless told otherwise.
 *   <li>A constant is a value of its type.
 *   <li>Deprecated members are left out. They are old spellings, which known clients use and new
 *       ones need not know.
 *   <li>Shared schemas that nothing names any more are left out.
 * </ul>
 */
final class PublishedForm {

  private static final Set<String> CLOSED = Set.of("additionalProperties", "unevaluatedProperties");
  private static final Set<String> UNIONS = Set.of("anyOf", "oneOf");
  private static final Set<String> VALUES = Set.of("example", "examples", "enum", "const");

  private PublishedForm() {}

  static ObjectNode of(ObjectNode document) {
    ObjectNode published = document.deepCopy();
    simplify(published);
    removeUnused(published);
    return published;
  }

  private static void simplify(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (CLOSED.stream().anyMatch(name -> !object.path(name).asBoolean(true))) {
        object.remove(CLOSED);
        object.put("additionalProperties", true);
      }
      JsonNode constant = object.path("const");
      if (constant.isBoolean() || constant.isTextual()) {
        object.remove("const");
        object.put("type", constant.isBoolean() ? "boolean" : "string");
      }
      UNIONS.stream().filter(object::has).toList().forEach(name -> withoutUnion(object, name));
      if (object.path("properties") instanceof ObjectNode members) {
        withoutDeprecated(object, members);
      }
    }
    if (node instanceof ObjectNode object) {
      object.properties().stream()
          .filter(each -> !VALUES.contains(each.getKey()))
          .forEach(each -> simplify(each.getValue()));
    } else {
      node.forEach(PublishedForm::simplify);
    }
  }

  private static void withoutUnion(ObjectNode schema, String name) {
    List<JsonNode> alternatives = new ArrayList<>();
    schema.remove(name).forEach(alternatives::add);
    boolean nullable = alternatives.removeIf(each -> each.path("type").asText().equals("null"));
    if (nullable && alternatives.size() == 1 && alternatives.get(0) instanceof ObjectNode only) {
      schema.setAll(only);
    }
  }

  private static void withoutDeprecated(ObjectNode schema, ObjectNode members) {
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (member.getValue().path("deprecated").asBoolean()) {
        old.add(member.getKey());
      }
    }
    members.remove(old);
    if (schema.path("required") instanceof ArrayNode required) {
      for (int i = required.size() - 1; i >= 0; i--) {
        if (old.contains(required.path(i).asText())) {
          required.remove(i);
        }
      }
    }
  }

  private static void removeUnused(ObjectNode document) {
    ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
    List<String> unused;
    do {
      Set<String> used = Set.copyOf(document.findValuesAsText("$ref"));
      unused = new ArrayList<>();
      for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
        if (!used.contains("#/components/schemas/" + schema.getKey())) {
          unused.add(schema.getKey());
        }
      }
      schemas.remove(unused);
    } while (!unused.isEmpty());
  }
}
