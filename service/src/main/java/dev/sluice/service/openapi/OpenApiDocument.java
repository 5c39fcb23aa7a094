package dev.sluice.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI 3.1 document, merged from one file per subject. Adds the answers that follow from the
 * kind of call: 401 with a credential; 400 with parameters or a body; 413 and 415 with a body; 503
 * if a credential is looked up; 429 always.
 */
public final class OpenApiDocument {

  static final List<String> SUBJECTS =
      List.of(
          "index",
          "work",
          "messages",
          "operators",
          "queues",
          "keys",
          "batch",
          "workers",
          "worker-schemas",
          "sessions",
          "ownership",
          "reports",
          "organisation",
          "people",
          "cli",
          "stops",
          "login",
          "audit",
          "history",
          "events",
          "webhooks",
          "findings",
          "transfer",
          "documentation");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private final ObjectNode root;
  private final ObjectNode published;

  private OpenApiDocument(ObjectNode root) {
    this.root = root;
    this.published = PublishedForm.of(root);
  }

  /** {@code node} has the parameters of its path. */
  public record Operation(String path, String method, JsonNode node) {

    public String id() {
      return node.path("operationId").asText();
    }
  }

  public static OpenApiDocument load(String version) {
    ObjectNode root = MAPPER.createObjectNode();
    SUBJECTS.forEach(subject -> merge(root, read(subject + ".yaml")));
    ((ObjectNode) root.path("info")).put("version", version);
    root.at("/components/responses").forEach(OpenApiDocument::addProblem);
    for (JsonNode path : root.path("paths")) {
      for (String method : METHODS) {
        if (path.has(method)) {
          addCommonResponses((ObjectNode) path.path(method), path.has("parameters"));
        }
      }
    }
    return new OpenApiDocument(root);
  }

  /** The document as clients read it: {@link PublishedForm}. */
  public JsonNode json() {
    return published;
  }

  /** The document with all that the files say, against which tests check answers. */
  public JsonNode strict() {
    return root;
  }

  /** The calls, in the strict form. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (String method : METHODS) {
        if (path.getValue().has(method)) {
          ObjectNode operation = path.getValue().path(method).deepCopy();
          ArrayNode parameters = operation.withArray("parameters");
          path.getValue().path("parameters").forEach(parameters::add);
          operations.add(new Operation(path.getKey(), method.toUpperCase(Locale.ROOT), operation));
        }
      }
    }
    return operations;
  }

  public JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : resolve(root.at(reference.substring(1)));
  }

  static JsonNode read(String file) {
    try (InputStream in =
        Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(file), file)) {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setMaxAliasesForCollections(1_000); // our own files, in which many calls share lists
      return MAPPER.valueToTree(new Yaml(new SafeConstructor(options)).load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in the jar
    }
  }

  private static void merge(ObjectNode into, JsonNode more) {
    for (Map.Entry<String, JsonNode> member : more.properties()) {
      JsonNode present = into.get(member.getKey());
      if (present instanceof ObjectNode object && member.getValue().isObject()) {
        merge(object, member.getValue());
      } else if (present == null || present.equals(member.getValue())) {
        into.set(member.getKey(), member.getValue());
      } else {
        throw new IllegalStateException("said twice: " + member.getKey());
      }
    }
  }

  private static void addCommonResponses(ObjectNode operation, boolean inPath) {
    ObjectNode responses = (ObjectNode) operation.path("responses").deepCopy(); // it may be shared
    operation.set("responses", responses);
    boolean open = operation.path("security").isEmpty();
    boolean gone = responses.has("410"); // whatever it says
    if (!gone && (inPath || operation.has("parameters") || operation.has("requestBody"))) {
      add(responses, "400", "BadInput");
    }
    if (operation.has("requestBody")) {
      add(responses, "413", "TooLarge");
      add(responses, "415", "NotJson");
    }
    if (!open) {
      add(responses, "401", "Unauthenticated");
      add(responses, "503", "Unavailable");
    }
    add(responses, "429", "TooMany");
  }

  /** Each error has two forms. */
  private static void addProblem(JsonNode response) {
    JsonNode content = response.path("content");
    if (content.at("/application~1json/schema/$ref").asText().endsWith("/ApiError")) {
      ((ObjectNode) content)
          .putObject("application/problem+json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/ProblemDetails");
    }
  }

  private static void add(ObjectNode responses, String status, String name) {
    if (!responses.has(status)) {
      responses.putObject(status).put("$ref", "#/components/responses/" + name);
    }
  }
}
