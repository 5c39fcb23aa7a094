package dev.sluice.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.openapi.OpenApiDocument.Operation;
import io.dropwizard.views.common.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

public final class DocsView extends View {

  private final String version;
  private final Prose description;
  private final List<Tag> tags;
  private final List<Shown> schemas;

  private DocsView(String version, Prose description, List<Tag> tags, List<Shown> schemas) {
    super("docs.mustache", StandardCharsets.UTF_8);
    this.version = version;
    this.description = description;
    this.tags = tags;
    this.schemas = schemas;
  }

  public record Tag(String name, String anchor, Prose description, List<Call> calls) {}

  public record Call(
      String id,
      String method,
      String path,
      String summary,
      Prose description,
      boolean deprecated,
      List<Who> who,
      List<Parameter> parameters,
      @Nullable Body request,
      List<Answer> answers) {

    public boolean hasParameters() {
      return !parameters.isEmpty();
    }
  }

  /** One of the scopes is needed. */
  public record Who(String name, String scopes) {}

  public record Parameter(String name, String in, boolean required, String type, Prose text) {}

  public record Body(List<String> schemas, @Nullable String inline, List<Shown> examples) {}

  public record Answer(String status, Prose text, @Nullable Body body) {}

  public record Shown(String name, String json) {}

  public static DocsView of(OpenApiDocument document) {
    JsonNode root = document.json();
    List<Operation> operations = document.operations();
    List<Tag> tags = new ArrayList<>();
    for (JsonNode tag : root.path("tags")) {
      String name = tag.path("name").asText();
      List<Call> calls =
          operations.stream()
              .filter(call -> call.node().path("tags").path(0).asText().equals(name))
              .map(call -> call(document, call))
              .toList();
      tags.add(new Tag(name, name.replace(' ', '-'), prose(tag), calls));
    }
    List<Shown> schemas =
        root.path("components").path("schemas").properties().stream()
            .map(each -> new Shown(each.getKey(), each.getValue().toPrettyString()))
            .toList();
    return new DocsView(
        root.path("info").path("version").asText(), prose(root.path("info")), tags, schemas);
  }

  public String version() {
    return version;
  }

  public Prose description() {
    return description;
  }

  public List<Tag> tags() {
    return tags;
  }

  public List<Shown> schemas() {
    return schemas;
  }

  private static Call call(OpenApiDocument document, Operation call) {
    JsonNode node = call.node();
    List<Who> who = new ArrayList<>();
    node.path("security").forEach(each -> who.add(who(each)));
    List<Parameter> parameters = new ArrayList<>();
    node.path("parameters").forEach(each -> parameters.add(parameter(document, each)));
    List<Answer> answers =
        node.path("responses").properties().stream()
            .map(each -> answer(each.getKey(), document.resolve(each.getValue())))
            .sorted((one, other) -> one.status().compareTo(other.status()))
            .toList();
    return new Call(
        call.id(),
        call.method(),
        call.path(),
        node.path("summary").asText(),
        prose(node),
        node.path("deprecated").asBoolean(),
        who,
        parameters,
        body(node.path("requestBody")),
        answers);
  }

  private static Who who(JsonNode alternative) {
    for (Map.Entry<String, JsonNode> each : alternative.properties()) {
      List<String> scopes =
          StreamSupport.stream(each.getValue().spliterator(), false).map(JsonNode::asText).toList();
      return new Who(each.getKey(), String.join(" or ", scopes));
    }
    return new Who("nobody in particular", "");
  }

  private static Parameter parameter(OpenApiDocument document, JsonNode given) {
    JsonNode node = document.resolve(given);
    JsonNode schema = document.resolve(node.path("schema"));
    return new Parameter(
        node.path("name").asText(),
        node.path("in").asText(),
        node.path("required").asBoolean(),
        schema.path("type").asText("any"),
        prose(node));
  }

  private static Answer answer(String status, JsonNode node) {
    // What an error looks like is said once.
    boolean error = status.charAt(0) >= '4';
    return new Answer(status, prose(node), error ? null : body(node));
  }

  private static @Nullable Body body(JsonNode node) {
    JsonNode content = node.path("content").path("application/json");
    if (content.isMissingNode()) {
      return null;
    }
    JsonNode schema = content.path("schema");
    Set<String> names = new LinkedHashSet<>();
    schema.findValuesAsText("$ref").stream()
        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
        .filter(name -> !Set.of("Id", "EpochMs", "Count").contains(name))
        .forEach(names::add);
    List<Shown> examples = new ArrayList<>();
    if (content.has("example")) {
      examples.add(new Shown("Example", content.path("example").toPrettyString()));
    }
    for (Map.Entry<String, JsonNode> each : content.path("examples").properties()) {
      String name = each.getValue().path("summary").asText(each.getKey());
      examples.add(new Shown(name, each.getValue().path("value").toPrettyString()));
    }
    boolean named = schema.has("$ref") || schema.has("anyOf");
    return new Body(List.copyOf(names), named ? null : schema.toPrettyString(), examples);
  }

  private static Prose prose(JsonNode node) {
    return Prose.of(node.path("description").asText());
  }
}
