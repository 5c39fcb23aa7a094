package dev.sluice.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The AsyncAPI 3.1 document: the events that Sluice tells. {@code asyncapi.yaml} lists their types.
 * The members of an event are those of the OpenAPI document.
 */
public final class AsyncApiDocument {

  private static final String DETAIL = "x-detail";

  /** An event, and the schemas that it refers to. */
  private static final List<String> SCHEMAS = List.of("Event", "Id", "EpochMs");

  private AsyncApiDocument() {}

  public static JsonNode load(OpenApiDocument calls) {
    ObjectNode root = (ObjectNode) OpenApiDocument.read("asyncapi.yaml");
    ((ObjectNode) root.path("info")).set("version", calls.json().at("/info/version"));
    JsonNode messages = root.at("/components/messages");
    for (Map.Entry<String, JsonNode> message : messages.properties()) {
      describe(message.getKey(), (ObjectNode) message.getValue());
      for (JsonNode channel : root.path("channels")) {
        ((ObjectNode) channel)
            .withObject("/messages")
            .putObject(message.getKey())
            .put("$ref", "#/components/messages/" + message.getKey());
      }
    }
    ObjectNode schemas = ((ObjectNode) root.path("components")).putObject("schemas");
    SCHEMAS.forEach(name -> schemas.set(name, calls.json().at("/components/schemas/" + name)));
    return root;
  }

  private static void describe(String type, ObjectNode message) {
    message.put("name", type);
    ObjectNode payload = message.putObject("payload");
    payload.putArray("allOf").addObject().put("$ref", "#/components/schemas/Event");
    ObjectNode members = payload.putObject("properties");
    members.putObject("type").put("const", type);
    JsonNode detail = message.remove(DETAIL);
    if (detail != null) {
      members.putObject("detail").put("description", detail.asText());
    }
  }
}
