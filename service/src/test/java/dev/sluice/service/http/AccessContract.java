package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.AccessTable.Row;
import dev.sluice.service.http.AccessTable.Workers;
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

/** Every route by every kind of caller, as {@link AccessTable} says. */
abstract class AccessContract {

  private static final int ALLOWED = 0;

  /** Refused with any status, or with an answer that says so. */
  private static final int DENIED = -1;

  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::wire).toList();

  private static final String ALL_SCOPES = '"' + String.join("\",\"", SCOPES) + '"';

  private static final Map<String, List<String>> ROLES =
      Map.of(
          "vera", List.of("fleet:read"),
          "otto", List.of("fleet:read", "work:write", "fleet:write"),
          "ada", SCOPES);

  private static final Map<String, String> OURS = Map.of("Sec-Fetch-Site", "same-origin");

  /** The running service. */
  abstract LoginEdge edge();

  @Test
  void theTableHasEveryRoute() {
    Set<String> served =
        OpenApiRoutes.of(edge().server().resources().toList()).stream()
            .filter(route -> !route.contains(" /admin"))
            .map(route -> route.replaceAll("\\{\\w+}", "*"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        AccessTable.ROWS.stream()
            .map(row -> row.toString().replaceAll("\\?.*", ""))
            .map(route -> route.replaceAll("(?<=/)[A-Z](?=/|$)", "*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).as("AccessTable.ROWS").isEqualTo(served);
  }

  @TestFactory
  Stream<DynamicTest> keysOfOneScope() {
    AccessScene minting = scene();
    Map<String, String> keys =
        SCOPES.stream()
            .collect(Collectors.toMap(each -> each, each -> minting.user('"' + each + '"', "")));
    return rows(
        (row, problems) -> {
          int none = row.scopes().equals("all") ? ALLOWED : 401;
          expect(problems, row, "nobody", none, scene().call(row, (String) null));
          expect(problems, row, "unknown", none, scene().call(row, "rsk_live_unknown_0123456789"));
          keys.forEach(
              (scope, key) -> {
                int expected = row.opensTo(List.of(scope)) ? ALLOWED : 403;
                expect(problems, row, scope, expected, scene().call(row, key));
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
        (row, problems) ->
            ROLES.forEach(
                (name, scopes) -> {
                  if (row.isForOperators()) {
                    expect(
                        problems,
                        row,
                        name,
                        row.opensTo(row.registers() ? registering(scopes) : scopes) ? ALLOWED : 403,
                        scene()
                            .call(
                                row,
                                (method, path, body) ->
                                    edge().call(method, path, cookies.get(name), body, OURS)));
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> keysOfOneProject() {
    return rows(
        (row, problems) -> {
          AccessScene scene = scene();
          boolean opens = row.opensTo(SCOPES);
          expect(
              problems,
              row,
              "of another project",
              opens ? row.foreign() : 403,
              scene.call(row, scene.user(ALL_SCOPES, "not-" + scene.project())));
          scene = scene();
          expect(
              problems,
              row,
              "of its project",
              opens && !row.aboutTheOrg() ? ALLOWED : 403,
              scene.call(row, scene.user(ALL_SCOPES, scene.project())));
        });
  }

  @TestFactory
  Stream<DynamicTest> workers() {
    return rows(
        (row, problems) ->
            List.of("owner", "peer", "elsewhere", "token", "stranger", "legacy", "gone", "revoked")
                .forEach(
                    who -> {
                      AccessScene scene = scene();
                      Answer answer = scene.call(row, scene.bearer(who));
                      expect(problems, row, who, expected(row, who), answer);
                    }));
  }

  @Test
  void promptsAndActivitiesAreForTheOwnerItsCredentialAndThoseWithTheScope() {
    AccessScene scene = scene();
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

  /** What a worker, or a credential that registers workers, is answered. */
  private static int expected(Row row, String who) {
    Workers workers = row.workers();
    if (row.scopes().equals("all")) {
      return ALLOWED;
    }
    if (who.equals("gone") || who.equals("revoked")) {
      if (row.path().endsWith("/lock-refresh")) {
        return DENIED;
      }
      return row.namesAnotherWorker() ? 403 : workers == Workers.TAKERS ? 404 : 401;
    }
    boolean token = Set.of("owner", "peer", "elsewhere").contains(who);
    boolean owner = Set.of("owner", "token").contains(who);
    return switch (workers) {
      case ALL -> who.equals("elsewhere") && row.foreign() == 404 ? 404 : ALLOWED;
      case CREDENTIALS -> token ? 403 : ALLOWED;
      case OWNER -> owner ? ALLOWED : 403;
      case ANSWERED -> owner ? ALLOWED : DENIED;
      case ITSELF -> owner ? ALLOWED : token ? 403 : 404;
      case TOKENS -> who.equals("owner") ? ALLOWED : 403;
      case TAKERS -> who.equals("elsewhere") ? 404 : ALLOWED;
      case NONE -> 403;
    };
  }

  /** Operators register workers by another scope than keys. */
  private static List<String> registering(List<String> scopes) {
    return scopes.contains("fleet:write") ? List.of("worker:register") : List.of();
  }

  private static Stream<DynamicTest> rows(BiConsumer<Row, List<String>> check) {
    return AccessTable.ROWS.stream()
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
      List<String> problems, Row row, String who, int expected, Answer answer) {
    int status = answer.status();
    boolean refused = Set.of(401, 403, 404).contains(status);
    boolean right =
        switch (expected) {
          case ALLOWED -> status < 500 && (!refused || row.scopes().equals("all"));
          case DENIED -> status < 500 && (status != 200 || answer.body().contains("false"));
          default -> status == expected;
        };
    if (!right) {
      problems.add(who + ": " + status + " instead of " + expected + ": " + answer.body());
    }
  }

  private AccessScene scene() {
    return new AccessScene(edge().server());
  }
}
