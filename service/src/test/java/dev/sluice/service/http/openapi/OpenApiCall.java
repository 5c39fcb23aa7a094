package dev.sluice.service.http.openapi;

import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.openapi.OpenApiDocument;
import dev.sluice.service.openapi.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record OpenApiCall(OpenApiDocument document, Operation operation) {

  String id() {
    return operation.id();
  }

  List<String> bodies() {
    JsonNode content = operation.node().at("/requestBody/content/application~1json");
    List<String> bodies = new ArrayList<>();
    if (content.has("example")) {
      bodies.add(content.path("example").toString());
    }
    content.path("examples").forEach(each -> bodies.add(each.path("value").toString()));
    JsonNode lines = operation.node().at("/requestBody/content/application~1x-ndjson/example");
    if (lines.isTextual()) {
      bodies.add(lines.asText());
    }
    if (bodies.isEmpty()) {
      bodies.add(null);
    }
    return bodies;
  }

  /** The example bodies with null for each documented member that they don't have. */
  List<String> bodiesWithNulls() {
    JsonNode content = operation.node().at("/requestBody/content/application~1json");
    List<JsonNode> bodies = new ArrayList<>();
    bodies.add(content.path("example"));
    content.path("examples").forEach(each -> bodies.add(each.path("value")));
    Set<String> names = new LinkedHashSet<>();
    addMembers(content.path("schema"), names);
    names.remove("executionSecurity"); // of which null is no form
    return bodies.stream()
        .filter(JsonNode::isObject)
        .map(body -> withNulls(body.deepCopy(), names).toString())
        .toList();
  }

  private static ObjectNode withNulls(ObjectNode body, Set<String> names) {
    names.stream().filter(name -> !body.has(name)).forEach(body::putNull);
    return body;
  }

  private void addMembers(JsonNode reference, Set<String> names) {
    JsonNode schema = document.resolve(reference);
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    for (String parts : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(parts).forEach(part -> addMembers(part, names));
    }
  }

  boolean hasBody() {
    return operation.node().has("requestBody");
  }

  boolean hasParameter(String name) {
    return parameters().stream().anyMatch(each -> each.path("name").asText().equals(name));
  }

  List<JsonNode> parameters() {
    List<JsonNode> parameters = new ArrayList<>();
    operation.node().path("parameters").forEach(each -> parameters.add(document.resolve(each)));
    return parameters;
  }

  /** The path with example parameters, and required query parameters. */
  String path(OpenApiScene scene) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : parameters()) {
      String name = parameter.path("name").asText();
      String value = scene.fill(parameter.path("example").asText());
      if (parameter.path("in").asText().equals("path")) {
        path = path.replace("{" + name + "}", value);
      } else if (parameter.path("required").asBoolean()) {
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return path + query;
  }

  /** The credential of its first alternative. */
  @Nullable String bearer(OpenApiScene scene) {
    return switch (credential()) {
      case "userKey" -> scene.admin();
      case "registrationToken" -> REGISTRATION_TOKEN;
      case "runtimeToken" -> scene.worker().token();
      default -> null;
    };
  }

  boolean isFor(String credential) {
    for (JsonNode alternative : operation.node().path("security")) {
      if (alternative.has(credential)) {
        return true;
      }
    }
    return false;
  }

  /** True if a key with this scope alone is enough. */
  boolean isFor(String credential, String scope) {
    for (JsonNode alternative : operation.node().path("security")) {
      JsonNode scopes = alternative.path(credential);
      for (JsonNode enough : scopes) {
        if (enough.asText().equals(scope)) {
          return true;
        }
      }
      if (scopes.isArray() && scopes.isEmpty()) {
        return true; // any will do
      }
    }
    return false;
  }

  private String credential() {
    JsonNode first = operation.node().path("security").path(0);
    return first.isEmpty() ? "" : first.fieldNames().next();
  }

  Answer send(OpenApiScene scene, @Nullable String body) {
    return send(scene, path(scene), bearer(scene), body, Map.of());
  }

  Answer send(
      OpenApiScene scene,
      String path,
      @Nullable String bearer,
      @Nullable String body,
      Map<String, String> headers) {
    String filled = body == null ? null : scene.fill(body);
    return scene.server().call(operation.method(), path, bearer, filled, headers);
  }

  /** True for documented successes, and for 410. */
  boolean succeeds(int status) {
    return operation.node().path("responses").has(Integer.toString(status))
        && (status < 400 || status == 410);
  }
}
