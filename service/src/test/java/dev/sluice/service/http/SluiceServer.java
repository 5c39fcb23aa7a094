package dev.sluice.service.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.SluiceApplication;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * The service with the shipped {@code config.yml} and an operator, on free ports, and a raw HTTP
 * client.
 */
public final class SluiceServer implements AutoCloseable {

  public static final String REGISTRATION_TOKEN = "rsk_live_registration_0123456789";
  public static final String API_KEY = "rsk_live_user_0123456789abcdef";
  public static final String LEGACY_KEY = "legacy-key-of-old-workers";
  public static final String JWT_SECRET = "a-signing-secret-of-more-than-32-characters";

  private static final Map<String, String> SECRETS =
      Map.of(
          "credentials.registrationToken", REGISTRATION_TOKEN,
          "credentials.apiKey", API_KEY,
          "credentials.legacyKey", LEGACY_KEY,
          "credentials.jwtSecret", JWT_SECRET);

  /** An override for {@code hazelcast}: one member in memory, where no write awaits a disk. */
  public static final String ONE_MEMBER = "backend.hazelcast.cluster.members=127.0.0.1";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1) // else each call asks for the other
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final DropwizardTestSupport<SluiceConfiguration> support;
  private @Nullable RedisServerProcess redis;

  private SluiceServer(DropwizardTestSupport<SluiceConfiguration> support) {
    this.support = support;
  }

  /** Starts on a backend; overrides are {@code key=value}. */
  public static SluiceServer start(String backendType, String... overrides) {
    return start(SluiceApplication.class, backendType, overrides);
  }

  public static SluiceServer start(
      Class<? extends SluiceApplication> application, String backendType, String... overrides) {
    // A login of the admin, or of an unknown name, costs as much as one of this operator.
    String cheap = "cheap viewer default " + PasswordHash.of("the-password-of-cheap", 1_000).text();
    return start(application, LoginEdge.configuration(List.of(cheap)), backendType, overrides);
  }

  /** Starts on a Redis of its own, which ends with it. */
  public static SluiceServer onRedis(
      Class<? extends SluiceApplication> application, String... overrides) {
    RedisServerProcess redis = RedisServerProcess.start();
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("backend.redis.uri=" + redis.uri());
    // What is answered counts here, not how soon: a busy machine may let Redis wait for a while.
    all.add("backend.redis.timeoutMs=5000");
    try {
      SluiceServer server = start(application, "redis", all.toArray(String[]::new));
      server.redis = redis;
      return server;
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
  }

  public static SluiceServer start(
      Class<? extends SluiceApplication> application,
      Path configuration,
      String backendType,
      String... overrides) {
    // Overrides are system properties: two servers that start at once must not read each other's.
    String prefix = "dw" + STARTED.incrementAndGet() + ".";
    List<ConfigOverride> all = new ArrayList<>();
    all.add(ConfigOverride.config(prefix, "backend.type", backendType));
    if (Stream.of(overrides).noneMatch(override -> override.startsWith("dataDirectory="))) {
      all.add(ConfigOverride.config(prefix, "dataDirectory", temporaryDirectory().toString()));
    }
    for (String connector : List.of("application", "admin")) {
      String port = "server.%sConnectors[0].port".formatted(connector);
      if (Stream.of(overrides).noneMatch(override -> override.startsWith(port))) {
        all.add(ConfigOverride.config(prefix, port, "0"));
      }
    }
    // Dropwizard applies overrides in no order, so each key is there once.
    SECRETS.forEach(
        (key, secret) -> {
          if (Stream.of(overrides).noneMatch(override -> override.startsWith(key + "="))) {
            all.add(ConfigOverride.config(prefix, key, secret));
          }
        });
    for (String rate : List.of("rates.anonymous.", "rates.registration.")) {
      if (Stream.of(overrides).noneMatch(override -> override.startsWith(rate))) {
        all.add(
            ConfigOverride.config(
                prefix, rate + "perSecond", "0")); // tests share address and token
      }
    }
    if (Stream.of(overrides).noneMatch(override -> override.startsWith("polls.hold."))) {
      for (String dialect : List.of("standard", "snakeCase", "goDaemon")) {
        all.add(
            ConfigOverride.config(
                prefix, "polls.hold." + dialect, "0s")); // tests poll empty queues
      }
    }
    if (Stream.of(overrides).noneMatch(override -> override.startsWith("findings."))) {
      all.add(
          ConfigOverride.config(prefix, "findings.every", "0s")); // tests count calls of the store
    }
    for (String override : overrides) {
      int equals = override.indexOf('=');
      all.add(
          ConfigOverride.config(
              prefix, override.substring(0, equals), override.substring(equals + 1)));
    }
    DropwizardTestSupport<SluiceConfiguration> support =
        new DropwizardTestSupport<>(
            application, configuration.toString(), prefix, all.toArray(ConfigOverride[]::new));
    try {
      support.before();
    } catch (Exception e) {
      support.after();
      throw new IllegalStateException(e);
    }
    return new SluiceServer(support);
  }

  public SluiceConfiguration configuration() {
    return support.getConfiguration();
  }

  public Stream<Class<?>> resources() {
    ServletContainer jersey =
        (ServletContainer) requireNonNull(support.getEnvironment().getJerseyServletContainer());
    ResourceConfig config = jersey.getConfiguration();
    return Stream.<Class<?>>concat(
            config.getClasses().stream(), config.getInstances().stream().map(Object::getClass))
        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class));
  }

  /** Answers of the API so far that went through the servlet container. */
  public long servletAnswers() {
    return support.getEnvironment().metrics().getMeters().entrySet().stream()
        .filter(meter -> meter.getKey().endsWith("xx-responses"))
        .mapToLong(meter -> meter.getValue().getCount())
        .sum();
  }

  public String url() {
    return "http://127.0.0.1:" + support.getLocalPort();
  }

  public String adminUrl() {
    return "http://127.0.0.1:" + support.getAdminPort();
  }

  public Answer get(String path, @Nullable String bearer) {
    return call("GET", path, bearer, null, Map.of());
  }

  public Answer adminGet(String path) {
    return send(HttpRequest.newBuilder(URI.create(adminUrl() + path)).build());
  }

  public Answer post(String path, @Nullable String bearer, String body) {
    return call("POST", path, bearer, body, Map.of());
  }

  public Answer delete(String path, @Nullable String bearer) {
    return call("DELETE", path, bearer, null, Map.of());
  }

  /** Makes any call. A body is JSON unless a header gives another type. */
  public Answer call(
      String method,
      String path,
      @Nullable String bearer,
      @Nullable String body,
      Map<String, String> headers) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return send(method, path, bearer, publisher, headers);
  }

  /** Makes any call with a body of bytes. */
  public Answer send(
      String method,
      String path,
      @Nullable String bearer,
      HttpRequest.BodyPublisher body,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    if (!headers.containsKey("Content-Type") && body.contentLength() != 0) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return send(request.build());
  }

  public static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public TestWorker register(String body) {
    Answer answer = post("/api/workers/register", REGISTRATION_TOKEN, body);
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return new TestWorker(this, answer.text("/workerId"), answer.text("/runtimeToken"));
  }

  /** Enqueues one item, which must be new. */
  public Answer enqueue(String item) {
    Answer answer = post("/api/work", API_KEY, item);
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return answer;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("sluice-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    support.after();
    if (redis != null) {
      redis.close();
    }
  }
}
