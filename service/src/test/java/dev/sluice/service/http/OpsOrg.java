package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A new org on the running service, where one nack makes a dead letter.
 *
 * @param key a user key with every scope in it
 * @param token registers workers in it
 */
public record OpsOrg(AuthEdge edge, String name, String key, String token) {

  public static OpsOrg of(AuthEdge edge) {
    return of(edge, "org-" + System.nanoTime());
  }

  public static OpsOrg of(AuthEdge edge, String name) {
    return new OpsOrg(
        edge,
        name,
        edge.key(name, Key.Type.USER, Set.of(Scope.values())),
        edge.key(name, Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER)));
  }

  public JsonNode done(String method, String path, @Nullable String body) {
    return done(key, method, path, body);
  }

  /** Uses another key. */
  public JsonNode done(String bearer, String method, String path, @Nullable String body) {
    Answer answer = edge.call(method, path, bearer, body);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 202);
    return StrictJson.read(answer);
  }

  public JsonNode refused(int status, String method, String path, @Nullable String body) {
    Answer answer = edge.call(method, path, key, body);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    return StrictJson.read(answer);
  }

  public TestWorker worker(String project, int capacity) {
    return worker("h", project, capacity);
  }

  public TestWorker worker(String host, String project, int capacity) {
    Answer answer =
        edge.server()
            .post(
                "/api/workers/register",
                token,
                "{\"hostname\":\""
                    + host
                    + "\",\"capacity\":"
                    + capacity
                    + ",\"projects\":[\""
                    + project
                    + "\"]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(edge.server(), answer.text("/workerId"), answer.text("/runtimeToken"));
  }

  public void enqueue(String project, String id) {
    enqueue(project, List.of(id));
  }

  private void enqueue(String project, List<String> ids) {
    String items =
        ids.stream()
            .map(
                id ->
                    "{\"prompt\":\"p\",\"projectName\":\""
                        + project
                        + "\",\"sessionId\":\""
                        + id
                        + "\"}")
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    for (JsonNode result : done("POST", "/api/work", items).at("/results")) {
      assertThat(result.at("/state").asText()).isEqualTo("pending");
    }
  }

  public List<String> waiting(String project, int count) {
    List<String> ids =
        IntStream.range(0, count).mapToObj(i -> project + "-" + (10_000 + i)).toList();
    for (int from = 0; from < count; from += 1_000) {
      enqueue(project, ids.subList(from, Math.min(count, from + 1_000)));
    }
    return ids;
  }

  public List<String> dead(String project, int count) {
    List<String> ids = waiting(project, count);
    TestWorker worker = worker(project, count);
    List<String> claimed = new ArrayList<>();
    while (claimed.size() < count) {
      claimed.addAll(TestWorker.claimed(worker.poll()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> nacks = new ArrayList<>();
      for (String id : claimed) {
        nacks.add(threads.submit(() -> nack(worker, id)));
      }
      for (Future<?> nack : nacks) {
        nack.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
    return ids;
  }

  private void nack(TestWorker worker, String id) {
    nack(worker, id, "{}");
  }

  public void nack(TestWorker worker, String id, String body) {
    Answer answer = edge.server().post("/api/sessions/" + id + "/nack", worker.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** A key that is bound to a project. */
  public String bound(String project) {
    return done(
            "POST",
            "/api/keys",
            "{\"name\":\"bound\",\"type\":\"user\",\"scopes\":[\"work:write\",\"fleet:read\"],"
                + "\"projects\":[\""
                + project
                + "\"]}")
        .at("/secret")
        .asText();
  }

  public List<String> listed(String path, String array, int limit) {
    return listed(key, path, array, limit);
  }

  public List<String> listed(String bearer, String path, String array, int limit) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          done(
              bearer,
              "GET",
              path + (path.contains("?") ? "&" : "?") + "limit=" + limit + cursor,
              null);
      assertThat(page.at("/" + array).size()).isLessThanOrEqualTo(limit);
      page.at("/" + array).forEach(each -> ids.add(each.at("/sessionId").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  public List<String> audited(String verb) {
    return edge.log().stream()
        .filter(line -> line.contains("org=" + name) && line.contains("verb=\"" + verb))
        .toList();
  }
}
