package dev.sluice.service.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.openapi.OpenApiDocument.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published document has the forms that generators of clients handle well. */
class PublishedFormTest {

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load("1.2.3");
  private static final JsonNode SCHEMAS = DOCUMENT.json().at("/components/schemas");

  @Test
  void everyBodyAndEveryAnswerIsANamedSchema() {
    for (Operation call : DOCUMENT.operations()) {
      requireNamed(call.id() + " request", call.node().path("requestBody"));
      for (Map.Entry<String, JsonNode> answer : call.node().path("responses").properties()) {
        requireNamed(call.id() + " " + answer.getKey(), DOCUMENT.resolve(answer.getValue()));
      }
    }
  }

  private static void requireNamed(String name, JsonNode body) {
    JsonNode json = body.path("content").path("application/json");
    if (!json.isMissingNode()) {
      assertThat(json.path("schema").has("$ref")).as("%s: %s", name, json).isTrue();
    }
  }

  /** Generators would name it after the place where it stands. */
  @Test
  void anObjectInAnotherHasAName() {
    for (Map.Entry<String, JsonNode> schema : SCHEMAS.properties()) {
      for (String place : List.of("properties", "allOf", "items", "additionalProperties")) {
        for (JsonNode inner : schema.getValue().path(place).findParents("properties")) {
          assertThat(inner.path("type").asText()).as(schema.getKey()).isNotEqualTo("object");
        }
      }
    }
  }

  @Test
  void nothingIsAUnion() {
    for (String union : List.of("anyOf", "oneOf", "const")) {
      assertThat(DOCUMENT.json().findParents(union)).isEmpty();
    }
    JsonNode ack = SCHEMAS.at("/MessageAcknowledged/properties/claim");
    assertThat(ack.path("$ref").asText()).as("null or a claim").endsWith("/ClaimInfo");
    JsonNode enqueued = SCHEMAS.path("Enqueued");
    assertThat(enqueued.path("properties").has("results")).isTrue();
    assertThat(enqueued.at("/properties/duplicate/type").asText()).isEqualTo("boolean");
  }

  /** An answer of a later version has members that a client of this one does not know. */
  @Test
  void noAnswerIsClosed() {
    for (String closed : List.of("additionalProperties", "unevaluatedProperties")) {
      assertThat(DOCUMENT.json().findValues(closed))
          .noneMatch(each -> each.isBoolean() && !each.asBoolean());
    }
    assertThat(SCHEMAS.at("/Work/additionalProperties").asBoolean()).isTrue();
    assertThat(DOCUMENT.strict().at("/components/schemas/Work/additionalProperties").asBoolean())
        .as("so that tests see what is not documented")
        .isFalse();
  }

  @Test
  void oldSpellingsAreLeftOut() {
    assertThat(SCHEMAS.at("/Heartbeat/properties").has("active_agent_count")).isFalse();
    assertThat(SCHEMAS.at("/Poll/properties").has("work_items")).isFalse();
    assertThat(SCHEMAS.has("SnakeCaseItem")).isFalse();
    assertThat(SCHEMAS.at("/Registered/required").toString())
        .contains("workerId")
        .doesNotContain("worker_id");
    for (Map.Entry<String, JsonNode> schema : SCHEMAS.properties()) {
      Set<String> names = new HashSet<>();
      for (Map.Entry<String, JsonNode> member : schema.getValue().path("properties").properties()) {
        String name = member.getKey().replace("_", "").toLowerCase(Locale.ROOT);
        assertThat(names.add(name)).as("%s of %s", member.getKey(), schema.getKey()).isTrue();
      }
    }
  }

  /** Go has one name space for the values of all. */
  @Test
  void noTwoNamedEnumerationsShareAValue() {
    Map<String, String> owners = new HashMap<>();
    for (Map.Entry<String, JsonNode> schema : SCHEMAS.properties()) {
      for (JsonNode value : schema.getValue().path("enum")) {
        assertThat(owners.put(value.asText(), schema.getKey())).as("%s", value).isNull();
      }
    }
  }

  @Test
  void anItemOfAPollIsAWorkItem() {
    assertThat(SCHEMAS.at("/Poll/properties/work/items/$ref").asText()).endsWith("/PolledItem");
    assertThat(SCHEMAS.at("/PolledItem/allOf/0/$ref").asText()).endsWith("/WorkItem");
    assertThat(SCHEMAS.at("/Work/properties/result/allOf/0/$ref").asText()).endsWith("/WorkResult");
  }

  /** Go and Java read other integers into 32 bits. */
  @Test
  void timesAndTokensHave64Bits() {
    for (Map.Entry<String, JsonNode> schema : SCHEMAS.properties()) {
      for (Map.Entry<String, JsonNode> member : schema.getValue().path("properties").properties()) {
        JsonNode meant = DOCUMENT.resolve(member.getValue());
        if (member.getKey().matches(".*(At|AtMs|Tokens|Ms)")
            && meant.path("type").toString().contains("integer")) {
          assertThat(meant.path("format").asText())
              .as("%s of %s", member.getKey(), schema.getKey())
              .isEqualTo("int64");
        }
      }
    }
  }
}
