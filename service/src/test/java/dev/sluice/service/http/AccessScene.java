package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.AccessTable.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project of its own, with as much in it as a row of {@link AccessTable} names. */
final class AccessScene {

  private final SluiceServer server;
  private final String project = "access-" + System.nanoTime();
  private final TestWorker worker;

  AccessScene(SluiceServer server) {
    this.server = server;
    this.worker = register(REGISTRATION_TOKEN, project);
  }

  /** A way to make a call. */
  interface Caller {
    Answer call(String method, String path, @Nullable String body);
  }

  String project() {
    return project;
  }

  TestWorker worker() {
    return worker;
  }

  Answer call(Row row, @Nullable String bearer) {
    return call(row, (method, path, body) -> server.call(method, path, bearer, body, Map.of()));
  }

  /** Makes a row's call, after what it names. */
  Answer call(Row row, Caller caller) {
    String path = row.path();
    if (path.matches(".*(/D)(/.*)?")) {
      dead();
      path = path.replaceFirst("/D(?=/|$)", "/" + project + "-d");
    }
    if (path.matches(".*([/=]S|/X)(/.*)?")) {
      running();
      path =
          path.replaceFirst("(?<=[/=])S(?=/|$)", project + "-s")
              .replaceFirst("(?<=/)X(?=/|$)", new PublicIds(null).shortForm(project + "-s"));
    }
    if (path.matches(".*/Q")) {
      enqueue("q");
      path = path.replace("/Q", "/" + project + "-q");
    }
    if (path.endsWith("/K")) {
      path = path.replace("/K", "/" + made("/api/keys", key("user", "\"fleet:read\"", project)));
    }
    if (path.endsWith("/R")) {
      path = path.replace("/R", "/" + made("/api/stops", "{\"project\":\"" + project + "\"}"));
    }
    if (path.endsWith("/J")) {
      made("/api/batch-work", "{\"workType\":\"w\",\"batchJobId\":\"" + project + "-j\"}");
      path = path.replace("/J", "/" + project + "-j");
    }
    path = path.replaceFirst("(?<=[/=])P(?=/|$)", project).replace("/W", "/" + worker.id());
    String body = row.body().replace("\"P\"", '"' + project + '"');
    body = body.replace("\"W\"", '"' + worker.id() + '"');
    return caller.call(row.method(), path, body.isEmpty() ? null : body);
  }

  /** The running session. */
  String running() {
    enqueue("s");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(project + "-s");
    worker.report(project + "-s", "running");
    return project + "-s";
  }

  private void dead() {
    enqueue("d");
    worker.poll();
    server.post("/api/sessions/" + project + "-d/nack", worker.token(), "{}");
  }

  private void enqueue(String name) {
    server.enqueue(
        "{\"sessionId\":\"%s-%s\",\"prompt\":\"the prompt\",\"projectName\":\"%s\"}"
            .formatted(project, name, project));
  }

  /** The secret of a caller that is a worker or registers some. */
  String bearer(String who) {
    return switch (who) {
      case "owner" -> worker.token();
      case "peer" -> register(REGISTRATION_TOKEN, project).token();
      case "elsewhere" -> register(REGISTRATION_TOKEN, "not-" + project).token();
      case "token" -> REGISTRATION_TOKEN;
      case "stranger" -> minted(key("worker-registration", "", "")).text("/secret");
      case "legacy" -> LEGACY_KEY;
      case "gone" -> {
        TestWorker gone = register(REGISTRATION_TOKEN, project);
        server.delete("/api/workers/" + gone.id(), API_KEY);
        yield gone.token();
      }
      default -> {
        Answer minted = minted(key("worker-registration", "", ""));
        TestWorker revoked = register(minted.text("/secret"), project);
        server.delete("/api/keys/" + minted.text("/id"), API_KEY);
        yield revoked.token();
      }
    };
  }

  /** A key with these scopes, bound to a project unless that is empty. */
  String user(String scopes, String bound) {
    return minted(key("user", scopes, bound)).text("/secret");
  }

  private static String key(String type, String scopes, String bound) {
    return "{\"name\":\"access\",\"type\":\"%s\"%s,\"projects\":[%s]}"
        .formatted(
            type,
            scopes.isEmpty() ? "" : ",\"scopes\":[" + scopes + "]",
            bound.isEmpty() ? "" : '"' + bound + '"');
  }

  private Answer minted(String body) {
    Answer minted = server.post("/api/keys", API_KEY, body);
    assertThat(minted.status()).as(minted.body()).isEqualTo(201);
    return minted;
  }

  private String made(String path, String body) {
    Answer made = server.post(path, API_KEY, body);
    assertThat(made.status()).as(made.body()).isBetween(200, 202);
    return made.json().path("id").asText();
  }

  private TestWorker register(String bearer, String named) {
    Answer answer =
        server.post(
            "/api/workers/register",
            bearer,
            "{\"hostname\":\"h\",\"projects\":[\"" + named + "\"]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(server, answer.text("/workerId"), answer.text("/runtimeToken"));
  }
}
