package dev.sluice.service.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpenApiRoutes;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.openapi.OpenApiDocument;
import dev.sluice.service.openapi.OpenApiSchemas;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The OpenAPI document against the running service: it names exactly the served calls, its examples
 * succeed, and each documented answer occurs as documented, except 503 ({@code
 * RedisAwayOpenApiTest}).
 */
abstract class OpenApiContract {

  /** The dashboard, which the document leaves out. */
  private static final String PAGES = "/admin";

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load("tested");
  private static final OpenApiSchemas SCHEMAS = new OpenApiSchemas(DOCUMENT);

  /** The running service, with {@link OpenApiDrives#LIMITS}. */
  protected abstract AuthEdge edge();

  static Stream<OpenApiCall> calls() {
    return DOCUMENT.operations().stream().map(each -> new OpenApiCall(DOCUMENT, each));
  }

  @Test
  void theDocumentIsServedToEverybody() {
    Answer answer = edge().server().get("/openapi.json", null);
    assertThat(answer.status()).isEqualTo(200);
    JsonNode served = answer.json();
    assertThat(served.path("paths")).isEqualTo(DOCUMENT.json().path("paths"));
    assertThat(served.path("components")).isEqualTo(DOCUMENT.json().path("components"));
  }

  @Test
  void thePageNamesEveryCallAndRunsNothing() {
    Answer page = edge().server().get("/docs", null);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("script");
    assertThat(page.body()).doesNotContain("<script");
    calls()
        .forEach(
            call ->
                assertThat(page.body())
                    .contains("id=\"" + call.id() + "\"")
                    .contains("<code>" + call.operation().path() + "</code>"));
  }

  @Test
  void everyCallIsDocumentedAndEveryDocumentedCallIsServed() {
    Set<String> documented = new TreeSet<>();
    calls()
        .map(OpenApiCall::operation)
        .forEach(each -> documented.add(each.method() + " " + each.path()));
    Set<String> served =
        OpenApiRoutes.of(edge().server().resources().toList()).stream()
            .filter(call -> !call.contains(" " + PAGES))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(served);
  }

  @TestFactory
  Stream<DynamicTest> everyExampleSucceeds() {
    return calls()
        .flatMap(
            call ->
                call.bodies().stream()
                    .map(
                        body ->
                            dynamicTest(
                                call.id() + (body == null ? "" : " " + body),
                                () -> succeed(call, body))));
  }

  /** Generated clients may send null for each member that isn't set. */
  @TestFactory
  Stream<DynamicTest> everyExampleSucceedsWithAllOtherMembersNull() {
    return calls()
        .flatMap(
            call ->
                call.bodiesWithNulls().stream()
                    .map(body -> dynamicTest(call.id() + " " + body, () -> succeed(call, body))));
  }

  private void succeed(OpenApiCall call, String body) {
    OpenApiScene scene = OpenApiScenes.of(edge().server(), call);
    Answer answer = call.send(scene, body);
    assertThat(call.succeeds(answer.status())).as("%s", answer).isTrue();
    requireDocumented(call, answer);
    scene.end(answer);
  }

  @TestFactory
  Stream<DynamicTest> everyDocumentedAnswerIsBroughtAbout() {
    String limited = edge().key("default", Key.Type.USER, Set.of(Scope.WORKER_REGISTER));
    String reader = edge().key("default", Key.Type.USER, Set.of(Scope.FLEET_READ));
    OpenApiDrives drives = new OpenApiDrives(reader);
    Map<String, OpenApiScene> scenes = new HashMap<>();
    Function<OpenApiCall, OpenApiScene> unchanged =
        call -> scenes.computeIfAbsent(call.id(), id -> OpenApiScenes.of(edge().server(), call));
    return calls()
        .flatMap(
            call ->
                StreamSupport.stream(
                        ((Iterable<String>) call.operation().node().path("responses")::fieldNames)
                            .spliterator(),
                        false)
                    .filter(status -> !status.equals("default"))
                    .map(Integer::parseInt)
                    .filter(status -> status != 503 && !rateOf(call, status))
                    .map(
                        status ->
                            dynamicTest(
                                call.id() + " " + status,
                                () -> bringAbout(call, status, drives, limited, unchanged))));
  }

  /** True for the answer to too many calls, which {@code RatesContract} tests. */
  private static boolean rateOf(OpenApiCall call, int status) {
    JsonNode answer = call.operation().node().path("responses").path(String.valueOf(status));
    return answer.path("$ref").asText().endsWith("/TooMany");
  }

  @TestFactory
  Stream<DynamicTest> whoMayCallIsAsDocumented() {
    Map<Scope, String> keys = new EnumMap<>(Scope.class);
    for (Scope scope : Scope.values()) {
      keys.put(scope, edge().key("default", Key.Type.USER, Set.of(scope)));
    }
    return calls()
        .filter(call -> !call.operation().node().path("security").isEmpty())
        .map(
            call ->
                dynamicTest(
                    call.id(),
                    () -> {
                      // A refused call leaves its scene as it is.
                      OpenApiScene refused = OpenApiScenes.of(edge().server(), call);
                      keys.forEach(
                          (scope, key) ->
                              requireOpen(
                                  call,
                                  call.isFor("userKey", scope.wire()),
                                  refused,
                                  scene -> key));
                      requireOpen(
                          call,
                          call.isFor("registrationToken"),
                          refused,
                          scene -> SluiceServer.REGISTRATION_TOKEN);
                      requireOpen(
                          call,
                          call.isFor("runtimeToken"),
                          refused,
                          scene ->
                              scene.worker() == null
                                  ? OpenApiWrongCalls.strangersToken(scene)
                                  : scene.worker().token());
                      refused.end();
                    }));
  }

  /** Calls on a scene of its own if that should succeed. */
  private void requireOpen(
      OpenApiCall call,
      boolean documented,
      OpenApiScene refused,
      Function<OpenApiScene, String> credential) {
    OpenApiScene scene = documented ? OpenApiScenes.of(edge().server(), call) : refused;
    String bearer = credential.apply(scene);
    Answer answer = call.send(scene, call.path(scene), bearer, call.bodies().get(0), Map.of());
    boolean open = answer.status() != 401 && answer.status() != 403;
    assertThat(open).as("%s by %s: %s", call.id(), bearer, answer).isEqualTo(documented);
    if (documented) {
      scene.end(answer);
    }
  }

  /**
   * @param unchanged a scene for all calls that are refused
   */
  private void bringAbout(
      OpenApiCall call,
      int status,
      OpenApiDrives drives,
      String limited,
      Function<OpenApiCall, OpenApiScene> unchanged) {
    if (!drives.makes(call, status) && !call.succeeds(status)) {
      OpenApiScene scene = unchanged.apply(call);
      requireAnswer(call, status, OpenApiWrongCalls.of(call, status, scene, limited));
      return;
    }
    OpenApiScene scene = OpenApiScenes.of(edge().server(), call);
    Answer answer =
        drives.makes(call, status)
            ? drives.drive(call, status, scene)
            : call.send(scene, call.bodies().get(0));
    requireAnswer(call, status, answer);
    scene.end(answer);
  }

  private static void requireAnswer(OpenApiCall call, int status, Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    requireDocumented(call, answer);
  }

  static void requireDocumented(OpenApiCall call, Answer answer) {
    JsonNode response =
        DOCUMENT.resolve(
            call.operation().node().path("responses").path(Integer.toString(answer.status())));
    assertThat(response.isMissingNode()).as("%s: %s", call.id(), answer).isFalse();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> assertThat(answer.headers().firstValue(name)).isPresent());
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    assertThat(content.fieldNames().next()).isEqualTo(type.replaceAll(";.*", ""));
    if (content.has("application/json")) {
      JsonNode schema = content.path("application/json").path("schema");
      assertThat(SCHEMAS.problems(schema, answer.json())).as("%s: %s", call.id(), answer).isEmpty();
    }
  }
}
