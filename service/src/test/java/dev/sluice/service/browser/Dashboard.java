package dev.sluice.service.browser;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running service with the operators {@code admin}, {@code ann}, {@code bob} (operators) and
 * {@code vera} (viewer), all with {@link #PASSWORD}.
 */
public final class Dashboard implements AutoCloseable {

  public static final String PASSWORD = "a password for all";

  private final SluiceServer server;
  private final Map<String, String> cookies = new HashMap<>();

  private Dashboard(SluiceServer server) {
    this.server = server;
  }

  static Dashboard onHazelcast() {
    return start("hazelcast", SluiceServer.ONE_MEMBER);
  }

  static Dashboard onRedis(String uri) {
    return start("redis", "backend.redis.uri=" + uri);
  }

  /** Starts it; two nacks make a dead letter, and a busy machine costs no worker its lease. */
  static Dashboard start(String backend, String... overrides) {
    List<String> more =
        List.of(
            "credentials.adminPassword=" + PASSWORD,
            "limits.maxNacks=2",
            "timing.lease=15m",
            "server.applicationConnectors[0].bindHost=127.0.0.1");
    return new Dashboard(
        SluiceServer.start(
            DashboardApplication.class,
            configuration(),
            backend,
            Stream.concat(Arrays.stream(overrides), more.stream()).toArray(String[]::new)));
  }

  private static Path configuration() {
    String hash = PasswordHash.of(PASSWORD, 1_000).text();
    String entry = "%n  - {name: %s, role: %s, org: default, passwordHash: \"%s\"}";
    String operators =
        "operators:"
            + entry.formatted("ann", "operator", hash)
            + entry.formatted("bob", "operator", hash)
            + entry.formatted("vera", "viewer", hash);
    try {
      String shipped = Files.readString(Path.of("../config.yml"));
      return Files.writeString(
          Files.createTempFile("sluice-test", ".yml"),
          shipped.replace("\noperators: []\n", "\n" + operators + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SluiceServer server() {
    return server;
  }

  QueueBackend backend() {
    return DashboardApplication.backend(server);
  }

  /** Records findings that stand for an hour. */
  void record(SeenFinding... seen) {
    backend().findings().observe("default", List.of(seen), Duration.ofHours(1).toMillis(), false);
  }

  public String url() {
    return server.url();
  }

  public JsonNode call(String method, String path, @Nullable String body) {
    return call(method, path, API_KEY, body);
  }

  public JsonNode post(String path, String body) {
    return call("POST", path, body);
  }

  public SceneWorker worker(String body) {
    JsonNode answer = call("POST", "/api/workers/register", REGISTRATION_TOKEN, body);
    return new SceneWorker(this, answer.at("/workerId").asText());
  }

  public JsonNode call(String method, String path, String bearer, @Nullable String body) {
    return send(method, path, body, "Authorization", "Bearer " + bearer).json();
  }

  /** Makes a call of an operator, as our pages do. */
  JsonNode act(String operator, String method, String path, String body) {
    String cookie = cookies.computeIfAbsent(operator, this::logIn);
    return send(method, path, body, "Cookie", cookie, "X-Requested-With", "a test").json();
  }

  /** Returns the cookie of a new session. */
  String logIn(String operator) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(operator, PASSWORD);
    Answer answer = send("POST", "/api/login", body);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private Answer send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    Answer answer = SluiceServer.send(request.build());
    if (answer.status() / 100 != 2) {
      throw new AssertionError(method + " " + path + " " + body + ": " + answer);
    }
    return answer;
  }

  public void sweep() {
    backend().upkeep().sweep();
  }

  @Override
  public void close() {
    server.close();
  }
}
