package dev.sluice.service.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.openapi.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenApiDocumentTest {

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load("1.2.3");
  private static final OpenApiSchemas SCHEMAS = new OpenApiSchemas(DOCUMENT);

  @Test
  void itSaysWhatItIs() {
    assertThat(DOCUMENT.json().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(DOCUMENT.json().at("/info/version").asText()).isEqualTo("1.2.3");
    assertThat(DOCUMENT.operations()).hasSizeGreaterThan(40);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode form : List.of(DOCUMENT.json(), DOCUMENT.strict())) {
      for (String reference : form.findValuesAsText("$ref")) {
        assertThat(reference).startsWith("#/components/");
        assertThat(form.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      }
    }
  }

  /** Generators of clients refuse a document that has others. */
  @Test
  void eachObjectHasTheMembersOfTheStandardAlone() {
    JsonNode root = DOCUMENT.json();
    requireMembers("the document", root, "openapi info servers paths components security tags");
    requireMembers("info", root.path("info"), "title summary description contact license version");
    for (JsonNode tag : root.path("tags")) {
      requireMembers("a tag", tag, "name description externalDocs");
    }
    JsonNode components = root.path("components");
    requireMembers("components", components, "schemas responses parameters securitySchemes");
    components.path("parameters").properties().forEach(each -> requireParameter(each.getValue()));
    components.path("responses").properties().forEach(each -> requireResponse(each.getValue()));
    for (JsonNode path : root.path("paths")) {
      requireMembers("a path", path, "summary description parameters get put post delete patch");
    }
    for (Operation call : DOCUMENT.operations()) {
      requireMembers(
          call.id(),
          call.node(),
          "tags summary description operationId parameters requestBody responses deprecated"
              + " security");
      call.node().path("parameters").forEach(OpenApiDocumentTest::requireParameter);
      requireMembers(
          call.id(), call.node().path("requestBody"), "description content required $ref");
      requireContent(call.node().path("requestBody"));
      call.node().path("responses").forEach(OpenApiDocumentTest::requireResponse);
    }
  }

  private static void requireParameter(JsonNode parameter) {
    requireMembers(
        "a parameter",
        parameter,
        "name in description required deprecated style explode schema example examples $ref");
  }

  private static void requireResponse(JsonNode response) {
    requireMembers("a response", response, "description headers content $ref");
    for (JsonNode header : response.path("headers")) {
      requireMembers("a header", header, "description required schema example");
    }
    requireContent(response);
  }

  private static void requireContent(JsonNode body) {
    for (JsonNode content : body.path("content")) {
      requireMembers("a content", content, "schema example examples");
      for (JsonNode example : content.path("examples")) {
        requireMembers("an example", example, "summary description value");
      }
    }
  }

  private static void requireMembers(String what, JsonNode object, String allowed) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      assertThat(List.of(allowed.split(" "))).as("%s: %s", what, object).contains(member.getKey());
      assertThat(member.getValue().isNull()).as("%s of %s", member.getKey(), object).isFalse();
    }
  }

  @Test
  void everySharedPieceIsUsed() {
    for (JsonNode form : List.of(DOCUMENT.json(), DOCUMENT.strict())) {
      Set<String> used = new HashSet<>(form.findValuesAsText("$ref"));
      for (String kind : List.of("schemas", "parameters", "responses")) {
        form.at("/components/" + kind)
            .fieldNames()
            .forEachRemaining(
                name -> assertThat(used).contains("#/components/" + kind + "/" + name));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCallSaysWhatItIs() {
    Set<String> names = new HashSet<>();
    Set<String> tags = new HashSet<>(DOCUMENT.json().path("tags").findValuesAsText("name"));
    return DOCUMENT.operations().stream()
        .map(
            call ->
                dynamicTest(
                    call.id(),
                    () -> {
                      assertThat(names.add(call.id())).as("a name of its own").isTrue();
                      assertThat(call.node().path("summary").asText()).isNotEmpty();
                      assertThat(tags).contains(call.node().at("/tags/0").asText());
                      assertThat(call.node().path("security").isArray()).isTrue();
                      for (JsonNode response : call.node().path("responses")) {
                        assertThat(DOCUMENT.resolve(response).path("description").asText())
                            .isNotEmpty();
                      }
                      requireParameters(call);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleFitsItsSchema() {
    return contents().entrySet().stream()
        .map(
            content ->
                dynamicTest(
                    content.getKey(),
                    () -> {
                      JsonNode schema = content.getValue().path("schema");
                      for (JsonNode example : examples(content.getValue())) {
                        assertThat(SCHEMAS.problems(schema, example)).as("%s", example).isEmpty();
                      }
                    }));
  }

  @Test
  void everyRequestBodyHasAnExample() {
    contents()
        .forEach(
            (name, content) -> {
              if (name.endsWith("request")) {
                assertThat(examples(content)).as(name).isNotEmpty();
              }
            });
  }

  /** Otherwise an undocumented member would go unnoticed. */
  @Test
  void answersHoldNothingThatIsNotDocumented() {
    contents()
        .forEach(
            (name, content) -> {
              if (!name.endsWith("request")) {
                requireClosed(name, content.path("schema"));
              }
            });
  }

  private static void requireClosed(String name, JsonNode schema) {
    if (schema.has("$ref")) {
      boolean closedHere = schema.has("unevaluatedProperties");
      JsonNode meant = DOCUMENT.resolve(schema);
      if (!closedHere) {
        requireClosed(schema.path("$ref").asText(), meant);
      }
      return;
    }
    boolean closed = schema.has("additionalProperties") || schema.has("unevaluatedProperties");
    if (schema.has("properties")) {
      assertThat(closed).as("%s: %s", name, schema).isTrue();
    }
    schema.path("properties").forEach(each -> requireClosed(name, each));
    if (!closed) {
      schema.path("anyOf").forEach(each -> requireClosed(name, each));
    }
    if (schema.has("items")) {
      requireClosed(name, schema.path("items"));
    }
  }

  private static void requireParameters(Operation call) {
    List<String> inPath = new ArrayList<>();
    for (JsonNode given : call.node().path("parameters")) {
      JsonNode parameter = DOCUMENT.resolve(given);
      if (parameter.path("in").asText().equals("path")) {
        inPath.add("{" + parameter.path("name").asText() + "}");
        assertThat(parameter.has("example")).isTrue();
      }
    }
    for (String part : call.path().split("/")) {
      if (part.startsWith("{")) {
        assertThat(inPath.remove(part)).as("%s of %s", part, call.path()).isTrue();
      }
    }
    assertThat(inPath).isEmpty();
  }

  private static Map<String, JsonNode> contents() {
    Map<String, JsonNode> contents = new TreeMap<>();
    for (Operation call : DOCUMENT.operations()) {
      add(contents, call.id() + " request", call.node().path("requestBody"));
      for (Map.Entry<String, JsonNode> response : call.node().path("responses").properties()) {
        add(contents, call.id() + " " + response.getKey(), DOCUMENT.resolve(response.getValue()));
      }
    }
    return contents;
  }

  private static void add(Map<String, JsonNode> contents, String name, JsonNode body) {
    JsonNode content = body.path("content").path("application/json");
    if (!content.isMissingNode()) {
      contents.put(name, content);
    }
  }

  private static List<JsonNode> examples(JsonNode content) {
    List<JsonNode> examples = new ArrayList<>();
    if (content.has("example")) {
      examples.add(content.path("example"));
    }
    content.path("examples").forEach(each -> examples.add(each.path("value")));
    return examples;
  }
}
