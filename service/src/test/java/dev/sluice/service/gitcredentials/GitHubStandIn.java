package dev.sluice.service.gitcredentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.service.LoopbackHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/**
 * The two calls of GitHub's API that tokens take, over HTTP, for one app. As strict as GitHub;
 * fails or delays on demand.
 */
public final class GitHubStandIn implements AutoCloseable {

  public static final String APP_ID = "4711";

  /** A word in the body of each refusal. */
  public static final String BODY = "a-word-of-the-body";

  public static final String PREFIX = "ghs_standIn";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final KeyPair KEYS = keys();
  private static final Pattern INSTALLATION =
      Pattern.compile("/repos/([^/]+)/([^/]+)/installation");
  private static final Pattern TOKENS =
      Pattern.compile("/app/installations/([0-9]+)/access_tokens");

  public record Seen(String method, String path, int status) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private final Map<String, Long> installations = new ConcurrentHashMap<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger minted = new AtomicInteger();
  private volatile CountDownLatch hold = new CountDownLatch(0);
  private volatile int failWith;
  private volatile Map<String, String> failHeaders = Map.of();
  private volatile String instead = "";
  private volatile Duration lifetime = Duration.ofHours(1);

  public GitHubStandIn(Clock clock) {
    this.clock = clock;
    try {
      server = LoopbackHttp.create();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v3";
  }

  /** The app's private key as PEM, PKCS#8. */
  public static String pkcs8() {
    return pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());
  }

  /** The private key as GitHub issues it. */
  static String pkcs1() {
    byte[] pkcs8 = KEYS.getPrivate().getEncoded();
    int envelope = 26; // for keys of 2048 bits
    byte[] inner = new byte[pkcs8.length - envelope];
    System.arraycopy(pkcs8, envelope, inner, 0, inner.length);
    return pem("RSA PRIVATE KEY", inner);
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  public GitHubStandIn install(String repository, long installation) {
    installations.put(repository, installation);
    return this;
  }

  void uninstall(String repository) {
    installations.remove(repository);
  }

  public void hold() {
    hold = new CountDownLatch(1);
  }

  public void release() {
    hold.countDown();
  }

  /** Refuses all later calls with this status; 0 ends that. */
  public void fail(int status, String... headers) {
    failWith = status;
    failHeaders = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
  }

  /** Replaces the body of successes; an empty one ends that. */
  void answerInstead(String body) {
    instead = body;
  }

  void lifetime(Duration lifetime) {
    this.lifetime = lifetime;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  public int minted() {
    return minted.get();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getRawPath().replaceFirst("^/api/v3", "");
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String answer;
    int status = failWith;
    try {
      if (status == 0) {
        status = problem(exchange);
      }
      if (status == 0) {
        answer = success(exchange.getRequestMethod(), path, body);
        status = answer.isEmpty() ? 404 : exchange.getRequestMethod().equals("GET") ? 200 : 201;
      } else {
        answer = "";
      }
    } catch (IOException | RuntimeException e) {
      status = 422;
      answer = "";
    }
    if (status >= 300) {
      answer = "{\"message\":\"" + BODY + "\"}";
    } else if (!instead.isEmpty()) {
      answer = instead;
    }
    seen.add(new Seen(exchange.getRequestMethod(), path, status));
    failHeaders.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** 0 for the usual answers. */
  private int problem(HttpExchange exchange) {
    if (exchange.getRequestHeaders().getFirst("User-Agent") == null) {
      return 403;
    }
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256));
      jws.setCompactSerialization(bearer.substring("Bearer ".length()));
      jws.setKey(KEYS.getPublic());
      JwtClaims claims = JwtClaims.parse(jws.getPayload());
      Instant now = clock.instant();
      Instant issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
      Instant ends = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
      boolean good =
          jws.verifySignature()
              && claims.getIssuer().equals(APP_ID)
              && !issued.isAfter(now.minusSeconds(59))
              && ends.isAfter(now)
              && ends.isBefore(now.plus(Duration.ofMinutes(10)));
      return good ? 0 : 401;
    } catch (Exception e) {
      return 401;
    }
  }

  private String success(String method, String path, byte[] body) throws IOException {
    Matcher installation = INSTALLATION.matcher(path);
    if (method.equals("GET") && installation.matches()) {
      Long id = installations.get(installation.group(1) + "/" + installation.group(2));
      return id == null ? "" : "{\"id\":" + id + ",\"account\":{\"login\":\"x\"}}";
    }
    Matcher tokens = TOKENS.matcher(path);
    if (method.equals("POST")
        && tokens.matches()
        && installations.containsValue(Long.valueOf(tokens.group(1)))) {
      JsonNode request = MAPPER.readTree(body);
      asked.add(request);
      if (request.at("/repositories").size() != 1) {
        throw new IllegalStateException("no token for more than it needs");
      }
      return "{\"token\":\""
          + PREFIX
          + minted.incrementAndGet()
          + "_for_"
          + request.at("/repositories/0").asText()
          + "\",\"expires_at\":\""
          + clock.instant().plus(lifetime)
          + "\",\"permissions\":{\"contents\":\"write\"}}";
    }
    return "";
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
