package dev.sluice.service.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiScene;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.openapi.OpenApiRequests.Request;
import dev.sluice.service.http.openapi.OpenApiScene.Given;
import dev.sluice.service.openapi.OpenApiDocument;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random requests made from the OpenAPI document: no answer is the server's fault, and each has a
 * documented status and shape. {@code -Dsluice.seed=N} sends others; a failure prints the seed of
 * its request and a line for a shell.
 */
abstract class OpenApiPropertiesContract {

  private static final int SHORT = 300;
  private static final int LONG = 100_000;

  private static final int PER_SCENE = 20;

  private static final int SHOWN = 5;

  /** Statuses of the HTTP layer itself, for bad paths, methods and headers. */
  private static final Set<Integer> NO_CALL = Set.of(400, 404, 405, 406, 414, 415, 431);

  /** They would close the org for all calls after them. */
  private static final Set<String> CLOSING = Set.of("closeOrg", "importOrg");

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load("tested");

  protected abstract SluiceServer server();

  @Test
  void noRequestMakesAFault() {
    long first = Long.getLong("sluice.seed", 1) * 1_000_003;
    int count = Boolean.getBoolean("sluice.long") ? LONG : SHORT;
    OpenApiRequests requests =
        new OpenApiRequests(
            DOCUMENT,
            OpenApiContract.calls().filter(call -> !CLOSING.contains(call.id())).toList(),
            callers());
    List<String> failures = new ArrayList<>();
    Map<Integer, Integer> statuses = new TreeMap<>();
    OpenApiScene scene = null;
    String before = "";
    for (int i = 0; i < count && failures.size() < SHOWN; i++) {
      if (i % PER_SCENE == 0) {
        scene = new OpenApiScene(server(), Given.MESSAGE);
      }
      Request request = requests.of(first + i, scene);
      try {
        Answer answer = request.send(server());
        statuses.merge(answer.status(), 1, Integer::sum);
        check(request, answer);
        before = answer.status() + " to " + request.call().id();
      } catch (AssertionError | UncheckedIOException e) {
        failures.add(
            "seed %d, request %d%n%s%n%s%nbehind %s"
                .formatted(
                    first + i, i, shortened(request.curl(server().url())), e.getMessage(), before));
      }
    }
    assertThat(failures).isEmpty();
    assertThat(statuses).as("requests of all sorts").containsKeys(200, 201, 400, 401, 403, 404);
  }

  /** Keys of one scope each, and one bound to a project. */
  private List<String> callers() {
    ApiScene scene = new ApiScene(server());
    List<String> scopes =
        Arrays.stream(Scope.values()).map(scope -> '"' + scope.wire() + '"').toList();
    return Stream.concat(
            scopes.stream().map(scope -> scene.user(scope, "")),
            Stream.of(
                scene.user(String.join(",", scopes), scene.project()),
                scene.bearer("stranger"),
                scene.bearer("gone")))
        .toList();
  }

  private static void check(Request request, Answer answer) {
    assertThat(answer.status()).as("%s", answer).isLessThan(500);
    boolean documented =
        request.call().operation().node().path("responses").has(Integer.toString(answer.status()));
    if (documented) {
      OpenApiContract.requireDocumented(request.call(), answer);
    } else {
      assertThat(answer.status()).as("%s", answer).isIn(NO_CALL);
    }
    if (answer.status() >= 400) {
      assertThat(BadInputAnswers.problem(answer)).as("%s", answer).isNull();
    }
  }

  private static String shortened(String text) {
    return text.length() < 4_000 ? text : text.substring(0, 4_000) + "... (" + text.length() + ")";
  }
}
