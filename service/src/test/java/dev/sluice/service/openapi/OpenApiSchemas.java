package dev.sluice.service.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Checks JSON against a document's strict schemas, as JSON Schema 2020-12. */
public final class OpenApiSchemas {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode shared;
  private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

  public OpenApiSchemas(OpenApiDocument document) {
    this.shared = standalone(document.strict().at("/components/schemas"));
  }

  public Set<ValidationMessage> problems(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value);
  }

  private JsonSchema compile(JsonNode schema) {
    JsonNode whole = standalone(schema);
    if (whole instanceof ObjectNode object) {
      object.set("$defs", shared);
    }
    return FACTORY.getSchema(whole, STRICT);
  }

  /** Adds the referenced schemas, since references lead into the document. */
  private static JsonNode standalone(JsonNode schema) {
    try {
      return MAPPER.readTree(schema.toString().replace("#/components/schemas/", "#/$defs/"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it was JSON before
    }
  }
}
