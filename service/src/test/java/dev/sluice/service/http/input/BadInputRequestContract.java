package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Includes requests that the HTTP server refuses. */
public abstract class BadInputRequestContract {

  private static final List<ApiCall> CALLS =
      ApiCall.ALL.stream()
          .filter(call -> call.path().matches("[^?]*/[{](id|publicId)=.*"))
          .toList();

  private static final List<String> IDS =
      List.of(
          "%00",
          "a%00",
          "%01",
          "%7f",
          "%C2%85",
          "%0d%0aX-Injected:%20yes",
          "a%0Ab",
          "%2F",
          "a%2Fb",
          "..%2F..%2Fadmin",
          "%5C",
          "..%5c",
          "%25",
          "%252e",
          ".",
          "..",
          "%2e",
          "%2E%2e",
          "..;",
          ";a=b",
          "a;b",
          "%3B",
          "%20",
          "%FF",
          "%C0%80",
          "%ED%A0%80",
          "%F0%9F%98",
          "%",
          "%zz",
          "%u0041",
          "<b>",
          "%3Cb%3E",
          "\u00e9",
          "%E2%80%A8",
          "%F0%9F%98%80",
          "a b",
          "\"",
          "|",
          "{id}",
          "",
          "/",
          "//",
          "?",
          "#",
          "*",
          "a".repeat(257),
          "%C3%A9".repeat(150),
          "a".repeat(7_000),
          "a".repeat(9_000),
          "a".repeat(100_000));

  /** Ids that turn the path into that of the list. */
  private static final Set<String> NO_ID = Set.of("", "?", ";a=b");

  /** The start of a list, by the word after {@code /api/}. */
  private static final Map<String, String> LIST =
      Map.of(
          "work",
          "{\"work\":[",
          "workers",
          "{\"workers\":[",
          "sessions",
          "{\"sessions\":[",
          "webhooks",
          "{\"webhooks\":[",
          "public",
          "{\"sessions\":[");

  protected abstract SluiceServer server();

  @Test
  void eachPathIsSentEachId() {
    List<String> wrong = new ArrayList<>();
    for (ApiCall call : CALLS) {
      String method = call.method();
      String path = withId(call);
      String bearer = call.forNoPerson() ? REGISTRATION_TOKEN : API_KEY;
      for (String id : IDS) {
        Answer answer =
            !method.equals("GET") && !method.equals("DELETE")
                ? BadInputSocket.ask(
                    server(),
                    BadInputSocket.head(
                        method,
                        path.replace("{id}", id),
                        bearer,
                        "Content-Type: application/json",
                        "Content-Length: 2"),
                    "{}".getBytes(StandardCharsets.UTF_8))
                : BadInputSocket.ask(
                    server(), BadInputSocket.head(method, path.replace("{id}", id), bearer));
        if (answer.status() == 200 && NO_ID.contains(id)) {
          assertThat(answer.body())
              .as(call + " id " + id)
              .startsWith(LIST.get(path.split("/", -1)[2]));
        } else {
          expect(answer, Set.of(400, 403, 404, 405, 410, 414), call + " id " + id, wrong);
        }
      }
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void anIdThatIsImpossibleIsNamedAsSuch() {
    Answer control = server().get("/api/work/%01", API_KEY);
    assertThat(control.status()).isEqualTo(400);
    assertThat(control.text("/message"))
        .isEqualTo("session id must not contain control characters");
    assertThat(control.text("/field")).isEqualTo("session id");
    Answer tooLong = server().get("/api/workers/" + "w".repeat(257) + "/poll", REGISTRATION_TOKEN);
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.text("/field")).isEqualTo("worker id");
  }

  /** A misspelt filter would answer everything. */
  @Test
  void aParameterThatACallDoesNotHaveIsRefused() {
    List<String> wrong = new ArrayList<>();
    for (ApiCall call : ApiCall.of(ApiCall.WorkerAccess.NONE)) {
      String path = call.path().replaceAll("[{]\\w+=?\\w*}", "none");
      if (!path.matches("/api/(public|cli)/.*")) {
        String query = (path.contains("?") ? "&" : "?") + "projct=a";
        Answer answer =
            BadInputSocket.ask(
                server(),
                BadInputSocket.head(
                    call.method(),
                    path + query,
                    API_KEY,
                    "Content-Type: application/json",
                    "Content-Length: 2"),
                "{}".getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 400 || !answer.text("/field").equals("projct")) {
          wrong.add(call + ": " + answer);
        }
      }
    }
    assertThat(wrong).isEmpty();
    Answer sessions = server().get("/api/sessions?project=a", API_KEY);
    assertThat(sessions.text("/message"))
        .isEqualTo("project is not a parameter of this call, which takes cursor, limit");
  }

  /** Newer ones may have parameters that Sluice doesn't know. */
  @Test
  void callsOfWorkersTakeParametersThatTheyDoNotHave() {
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (ApiCall call : ApiCall.ALL) {
      boolean ofWorkers = call.workers() != ApiCall.WorkerAccess.NONE;
      if (ofWorkers && call.scopes().equals(List.of("-"))) {
        calls++;
        String path = call.path().replaceAll("[{]\\w+=?\\w*}", "none");
        Answer plain = server().call(call.method(), path, API_KEY, "{}", Map.of());
        String query = (path.contains("?") ? "&" : "?") + "projct=a";
        Answer answer = server().call(call.method(), path + query, API_KEY, "{}", Map.of());
        if (answer.status() != plain.status() || answer.body().contains("projct")) {
          wrong.add(call + ": " + answer);
        }
      }
    }
    assertThat(calls).isGreaterThan(15);
    assertThat(wrong).isEmpty();
  }

  @Test
  void theRefusalOfAParameterNamesTheNearest() {
    Map<String, String> meant =
        Map.of(
            "limt",
            "limit",
            "Limit",
            "limit",
            "lim",
            "limit",
            "next_cursor",
            "",
            "curser",
            "cursor");
    meant.forEach(
        (given, nearest) -> {
          Answer answer = server().get("/api/sessions?" + given + "=5", API_KEY);
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.text("/field")).isEqualTo(given);
          assertThat(answer.text("/message"))
              .isEqualTo(
                  given
                      + " is not a parameter of this call, which takes cursor, limit"
                      + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
        });
  }

  @Test
  void eachPathIsSentEachMethod() {
    List<String> wrong = new ArrayList<>();
    Set<String> served =
        CALLS.stream().map(call -> call.method() + " " + withId(call)).collect(Collectors.toSet());
    for (String template : CALLS.stream().map(call -> withId(call)).distinct().toList()) {
      String path = template.replace("{id}", "none");
      for (String method :
          List.of("PUT", "PATCH", "TRACE", "PROPFIND", "get", "LOCK", "X".repeat(300))) {
        Answer answer = BadInputSocket.ask(server(), BadInputSocket.head(method, path, API_KEY));
        int expected = served.contains(method + " " + template) ? 400 : 405;
        expect(answer, Set.of(expected), method + " " + path, wrong);
      }
      Answer connect = BadInputSocket.ask(server(), BadInputSocket.head("CONNECT", path, API_KEY));
      expect(connect, Set.of(400), "CONNECT " + path, wrong);
      Answer options = BadInputSocket.ask(server(), BadInputSocket.head("OPTIONS", path, null));
      expect(options, Set.of(200), "OPTIONS " + path, wrong);
      assertThat(options.json().at("/allow")).isNotEmpty();
      Answer head = server().call("HEAD", path, API_KEY, null, Map.of());
      assertThat(head.status()).as(path).isBetween(400, 499);
      assertThat(head.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void unknownPathsAre404() {
    List<String> wrong = new ArrayList<>();
    for (String path :
        List.of(
            "/api",
            "/api/",
            "/api/none",
            "/api/work/a/b",
            "/api/workers/a/none",
            "/API/work/a",
            "/application.wadl",
            "/favicon.ico",
            "/.env",
            "/..%2f..%2fconfig.yml",
            "/healthcheck",
            "/metrics",
            "/tasks/gc")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        Answer answer = BadInputSocket.ask(server(), BadInputSocket.head(method, path, API_KEY));
        expect(answer, Set.of(400, 404), method + " " + path, wrong);
      }
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  /** Below the dashboard a page answers. */
  @Test
  void unknownPagesAre404() {
    for (String path :
        List.of("/admin/none", "/admin/..%2f..%2fconfig.yml", "/admin/%2e%2e%2fhealthcheck")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        Answer answer = BadInputSocket.ask(server(), BadInputSocket.head(method, path, API_KEY));
        assertThat(answer.status()).as("%s %s", method, path).isEqualTo(404);
        assertThat(answer.body()).contains("No such page").doesNotContain("dataDirectory");
      }
    }
  }

  @Test
  void requestsThatTheServerDoesNotLetThroughAreAnsweredInJson() {
    String work = "POST /api/work HTTP/1.1\r\nHost: sluice\r\nContent-Type: application/json\r\n";
    String get = "GET /api/work/a HTTP/1.1\r\nHost: sluice\r\n";
    List<String> wrong = new ArrayList<>();
    for (String request :
        List.of(
            "\u0016\u0003\u0001\u0002\r\n\r\n",
            "\u0000\r\n\r\n",
            "GET\r\n\r\n",
            "GET /api/work/a HTTP/1.1\r\n\r\n",
            "GET /api/work/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET api/work HTTP/1.1\r\nHost: sluice\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: sluice\r\n\r\n",
            "GET http://elsewhere/api/work/a HTTP/1.1\r\nHost: sluice\r\n\r\n",
            get + "X-Long: " + "a".repeat(20_000) + "\r\n\r\n",
            get + "X-Many: a\r\n".repeat(3_000) + "\r\n",
            get + "Authorization: Bearer " + "a".repeat(9_000) + "\r\n\r\n",
            get + "X-Nul: a\u0000b\r\n\r\n",
            get + "X Name: a\r\n\r\n",
            get + ": a\r\n\r\n",
            get + "X-Folded: a\r\n b\r\n\r\n",
            get + "Accept: text/html\r\n\r\n",
            get + "Accept: a\r\n\r\n",
            get + "Accept: application/xml\r\n\r\n",
            get + "Accept-Language: \u0000\r\n\r\n",
            work + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            work + "Content-Length: -1\r\n\r\n",
            work + "Content-Length: two\r\n\r\n{}",
            work + "Content-Length: 99999999999999999999\r\n\r\n{}",
            work + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            work + "Transfer-Encoding: gzip\r\n\r\n",
            work + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
            work + "Content-Length: 2\r\nExpect: more\r\n\r\n{}",
            work + "Content-Length: 2\r\nContent-Encoding: br\r\n\r\n{}")) {
      Answer answer = BadInputSocket.ask(server(), request);
      expect(answer, Set.of(400, 401, 406, 413, 417, 431), request, wrong);
    }
    for (String version : List.of("GET /api/work/a\r\n\r\n", "GET / HTTP/3.0\r\nHost: a\r\n\r\n")) {
      Answer answer = BadInputSocket.ask(server(), version); // the one 5xx that says what is wrong
      assertThat(answer.status()).isEqualTo(505);
      assertThat(answer.text("/message")).isNotEmpty();
      assertThat(answer.text("/code")).isNotEmpty();
    }
    assertThat(wrong).as("%s answers", wrong.size()).isEmpty();
  }

  @Test
  void aRefusedCallLeavesItsConnectionUsable() {
    try (BadInputSocket socket = new BadInputSocket(server())) {
      for (String bearer : List.of("nobody", API_KEY, REGISTRATION_TOKEN, "nobody")) {
        for (String path : List.of("/api/work", "/api/none", "/api/workers/register")) {
          String head =
              BadInputSocket.head(
                  "POST", path, bearer, "Content-Type: application/json", "Content-Length: 2");
          Answer answer = socket.send(head, (byte) '{', (byte) '}').answer();
          assertThat(answer.status()).isIn(400, 401, 403, 404);
          assertThat(answer.headers().firstValue("Connection")).as(head).isEmpty();
        }
      }
    }
  }

  /** Otherwise a client would send its next call into a closed connection. */
  @Test
  void aCallRefusedBeforeItsBodyCameInSaysThatTheConnectionCloses() {
    List<BadInputSocket> sockets = new ArrayList<>(); // the server waits a second for each body
    for (String path : List.of("/api/work", "/api/none", "/api/sessions/a/claim")) {
      String head =
          BadInputSocket.head(
              "POST", path, "nobody", "Content-Type: application/json", "Content-Length: 2");
      sockets.add(new BadInputSocket(server()).send(head));
    }
    for (BadInputSocket each : sockets) {
      try (BadInputSocket socket = each) {
        Answer answer = socket.answer();
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
        assertThat(socket.closed()).isTrue();
      }
    }
  }

  private static String withId(ApiCall call) {
    return call.template().replace("{publicId}", "{id}").replace("{event}", "4711");
  }

  private static void expect(
      Answer answer, Set<Integer> statuses, String what, List<String> wrong) {
    String problem = BadInputAnswers.problem(answer);
    if (problem == null && !statuses.contains(answer.status())) {
      problem = "should be one of " + statuses;
    }
    if (problem == null && answer.headers().firstValue("X-Injected").isPresent()) {
      problem = "has a header of the caller's making";
    }
    if (problem != null) {
      String shortened = what.length() <= 120 ? what : what.substring(0, 120) + "...";
      wrong.add(shortened + " " + problem + ": " + answer.status() + " " + answer.body());
    }
  }
}
