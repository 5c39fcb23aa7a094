package dev.sluice.service.http.login;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.ApiCall.WorkerAccess;
import dev.sluice.service.http.ApiScene;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.OpenApiRoutes;
import dev.sluice.service.http.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every route by every kind of caller, as {@link ApiCall} says. */
public abstract class AccessContract {

  /** Calls closed to a project's key: they name no project. */
  private static final Set<String> ABOUT_THE_ORG =
      Set.of(
          "/api/batch-work",
          "/api/batch-work/{id}",
          "/api/audit",
          "/api/cleanup",
          "/api/time",
          "/api/export",
          "/api/export/rehearsal",
          "/api/import",
          "/api/closure");

  /** A log-out would end the sessions of the test; a GET with an effect is for timers. */
  private static final Set<String> NOT_FOR_OPERATORS =
      Set.of("POST /api/logout", "GET /api/cleanup", "GET /docs");

  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::wire).toList();

  private static final String ALL_SCOPES = '"' + String.join("\",\"", SCOPES) + '"';

  private static final Map<String, List<String>> ROLES =
      Map.of(
          "vera", List.of("fleet:read"),
          "otto", List.of("fleet:read", "work:write", "fleet:write"),
          "ada", SCOPES);

  private static final Map<String, String> OURS = Map.of("Sec-Fetch-Site", "same-origin");

  protected abstract LoginEdge edge();

  @Test
  void everyCallHasARow() {
    Set<String> served =
        OpenApiRoutes.of(edge().server().resources().toList()).stream()
            .filter(route -> !route.contains(" /admin"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ApiCall.ALL.stream().map(ApiCall::toString).distinct())
        .as("ApiCall.ALL: a row for each call that is served")
        .containsExactlyInAnyOrderElementsOf(served);
  }

  @TestFactory
  Stream<DynamicTest> keysOfOneScope() {
    ApiScene minting = scene();
    Map<String, String> keys =
        SCOPES.stream()
            .collect(Collectors.toMap(each -> each, each -> minting.user('"' + each + '"', "")));
    return rows(
        (row, problems) -> {
          Calls calls = new Calls(row);
          int none = row.forEverybody() ? row.success() : 401;
          expect(problems, row, "nobody", none, calls.with(null));
          expect(problems, row, "unknown", none, calls.with("rsk_live_unknown_0123456789"));
          keys.forEach(
              (scope, key) -> {
                boolean opens = row.opensTo(List.of(scope));
                Answer answer = calls.with(key);
                expect(problems, row, scope, opens ? row.success() : 403, answer);
                if (!opens
                    && !row.forNoPerson()
                    && !Arrays.stream(row.scopes().get(0).split("\\+"))
                        .allMatch(answer.text("/message")::contains)) {
                  problems.add("the refusal names no scope: " + answer.body());
                }
              });
        });
  }

  @TestFactory
  Stream<DynamicTest> roles() {
    Map<String, String> cookies =
        ROLES.keySet().stream()
            .collect(
                Collectors.toMap(name -> name, name -> edge().login(name, name + "'s-password")));
    return rows(
        (row, problems) -> {
          Calls calls = new Calls(row);
          ROLES.forEach(
              (name, scopes) -> {
                if (!NOT_FOR_OPERATORS.contains(row.toString())) {
                  expect(
                      problems,
                      row,
                      name,
                      row.opensTo(scopes) ? row.success() : 403,
                      calls.by(
                          (method, path, body) ->
                              edge().call(method, path, cookies.get(name), body, OURS)));
                }
              });
        });
  }

  @TestFactory
  Stream<DynamicTest> keysOfOneProject() {
    return rows(
        (row, problems) -> {
          Calls calls = new Calls(row);
          boolean opens = row.opensTo(SCOPES);
          expect(
              problems,
              row,
              "of another project",
              !opens ? 403 : row.otherProject() == 0 ? row.success() : row.otherProject(),
              calls.with(calls.scene().user(ALL_SCOPES, "not-" + calls.scene().project())));
          expect(
              problems,
              row,
              "of its project",
              opens && !ABOUT_THE_ORG.contains(row.template()) ? row.success() : 403,
              calls.with(calls.scene().user(ALL_SCOPES, calls.scene().project())));
        });
  }

  @TestFactory
  Stream<DynamicTest> workers() {
    return rows(
        (row, problems) -> {
          Calls calls = new Calls(row);
          for (String who :
              List.of(
                  "owner", "peer", "elsewhere", "token", "stranger", "legacy", "gone", "revoked")) {
            Answer answer = calls.with(calls.scene().bearer(who));
            expect(problems, row, who, expected(row, who), answer);
          }
        });
  }

  @Test
  void promptsAndActivitiesAreForTheOwnerItsCredentialAndThoseWithTheScope() {
    ApiScene scene = scene();
    String session = scene.running();
    String said = "{\"type\":\"thought\",\"content\":\"what the agent says\"}";
    edge().server().post("/api/sessions/" + session + "/activity", scene.worker().token(), said);
    Map<String, Boolean> callers =
        Map.of(
            scene.bearer("owner"), true,
            scene.bearer("token"), true,
            scene.bearer("peer"), false,
            scene.bearer("stranger"), false,
            scene.bearer("legacy"), false,
            scene.user("\"work:read\"", ""), true,
            scene.user("\"work:read\"", scene.project()), true,
            scene.user("\"fleet:read\",\"work:write\",\"fleet:write\",\"keys:write\"", ""), false);
    callers.forEach(
        (bearer, reads) -> {
          Answer status = edge().server().get("/api/sessions/" + session + "/status", bearer);
          assertThat(status.status()).as(status.body()).isEqualTo(200);
          assertThat(status.json().has("promptContext")).isEqualTo(reads);
          assertThat(status.body().contains("the prompt")).isEqualTo(reads);
          String path = "/api/public/session-activities?sessionId=" + session;
          Answer activities = edge().server().get(path, bearer);
          if (activities.status() != 403) { // without a scope for the state
            assertThat(activities.body().contains("what the agent says")).isEqualTo(reads);
          }
        });
    String audit = edge().server().get("/api/audit?limit=100", API_KEY).body();
    assertThat(audit).contains("\"verb\":\"look\",\"object\":\"" + session + "\"");
    assertThat(edge().log())
        .filteredOn(line -> line.contains("verb=\"look\" object=\"" + session))
        .as("one for each read of a person")
        .hasSize(4);
  }

  /** The status for a worker, or for a credential that registers workers. */
  private static int expected(ApiCall row, String who) {
    if (row.forEverybody()) {
      return row.success();
    }
    if (who.equals("gone") || who.equals("revoked")) {
      return ofNoWorker(row);
    }
    boolean token = Set.of("owner", "peer", "elsewhere").contains(who);
    boolean owner = Set.of("owner", "token").contains(who);
    return switch (row.workers()) {
      case ALL -> who.equals("elsewhere") && row.otherProject() == 404 ? 404 : row.success();
      case CREDENTIALS -> token ? 403 : row.success();
      case OWNER -> owner ? row.success() : 403;
      case HOLDERS -> owner ? row.success() : 404;
      case ITSELF -> owner ? row.success() : token ? 403 : 404;
      case LEASE -> token && !owner ? 403 : row.success();
      case TOKENS -> who.equals("owner") ? row.success() : 403;
      case TAKERS -> who.equals("elsewhere") ? 404 : row.success();
      case NONE -> 403;
    };
  }

  /** The status for the token of a deregistered worker. */
  private static int ofNoWorker(ApiCall row) {
    boolean namesAnother =
        row.names("worker") && row.workers() == WorkerAccess.ITSELF
            || Set.of(WorkerAccess.TOKENS, WorkerAccess.LEASE).contains(row.workers())
            || row.path().endsWith("/claim");
    return namesAnother ? 403 : row.workers() == WorkerAccess.TAKERS ? 404 : 401;
  }

  private static Stream<DynamicTest> rows(BiConsumer<ApiCall, List<String>> check) {
    return ApiCall.ALL.stream()
        .map(
            row ->
                dynamicTest(
                    row.toString(),
                    () -> {
                      List<String> problems = new ArrayList<>();
                      check.accept(row, problems);
                      assertThat(problems).isEmpty();
                    }));
  }

  private static void expect(
      List<String> problems, ApiCall row, String who, int expected, Answer answer) {
    if (answer.status() != expected) {
      problems.add(who + ": " + answer.status() + " instead of " + expected + ": " + answer.body());
    }
    boolean lines = row.path().equals("/api/export") && answer.status() == 200;
    if (!row.path().startsWith("/docs") && !lines && answer.status() != 204) {
      StrictJson.read(answer);
    }
  }

  private ApiScene scene() {
    return new ApiScene(edge().server());
  }

  /** Calls of a row, on one scene until one of them changes it. */
  private final class Calls {
    private final ApiCall row;
    private ApiScene scene;
    private String path;

    Calls(ApiCall row) {
      this.row = row;
    }

    ApiScene scene() {
      if (scene == null) {
        scene = AccessContract.this.scene();
        path = scene.path(row);
      }
      return scene;
    }

    Answer with(String bearer) {
      return by(scene().with(bearer));
    }

    Answer by(ApiScene.Caller caller) {
      Answer answer = scene().call(row, path, caller);
      if (answer.status() == row.success() && !row.method().equals("GET")) {
        scene = null;
      }
      return answer;
    }
  }
}
