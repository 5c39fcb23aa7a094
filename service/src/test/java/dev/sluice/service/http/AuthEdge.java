package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.secrets.Secrets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The running service with its log; no answer may contain a secret. */
public final class AuthEdge implements AutoCloseable {

  /** Long enough for every algorithm, so that only the service's own rule refuses it. */
  public static final String PREVIOUS_SECRET =
      "the-signing-secret-of-yesterday-0123456789-0123456789-0123456789-0123456789";

  private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private final AuthLog log = new AuthLog();
  private final SluiceServer server;
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  public AuthEdge(String backendType, String... overrides) {
    secrets.addAll(List.of(REGISTRATION_TOKEN, API_KEY, LEGACY_KEY, JWT_SECRET, PREVIOUS_SECRET));
    String[] all = Arrays.copyOf(overrides, overrides.length + 1);
    all[overrides.length] = "credentials.previousJwtSecrets=" + PREVIOUS_SECRET;
    server = SluiceServer.start(AuthApplication.class, backendType, all);
  }

  public SluiceServer server() {
    return server;
  }

  public List<String> log() {
    return log.lines();
  }

  public String key(String org, Key.Type type, Set<Scope> scopes, String... projects) {
    String secret = Secrets.random("rsk_live_");
    secrets.add(secret);
    String hash = Secrets.sha256(secret);
    boolean stored =
        AuthApplication.backend(server)
            .credentials()
            .addKey(
                hash,
                new Key(
                    "key_" + hash.substring(0, 8), org, type, "test", scopes, List.of(projects)));
    assertThat(stored).isTrue();
    return secret;
  }

  public void revoke(String org, String secret) {
    String id = "key_" + Secrets.sha256(secret).substring(0, 8);
    assertThat(AuthApplication.backend(server).credentials().revoke(org, id)).isTrue();
  }

  public String registrationToken(String... projects) {
    return key("default", Key.Type.WORKER_REGISTRATION, Set.of(Scope.WORKER_REGISTER), projects);
  }

  /** Makes a call; its answer must be proper, without secrets but a token just minted. */
  public Answer call(String method, String path, @Nullable String bearer, @Nullable String body) {
    return checked(bearer, server.call(method, path, bearer, body, Map.of()));
  }

  public Answer get(String path, @Nullable String bearer) {
    return call("GET", path, bearer, null);
  }

  public Answer post(String path, @Nullable String bearer, String body) {
    return call("POST", path, bearer, body);
  }

  public Answer authorized(String method, String path, String... headers) {
    return checked(
        null, BadInputSocket.ask(server, BadInputSocket.head(method, path, null, headers)));
  }

  private Answer checked(@Nullable String bearer, Answer answer) {
    assertThat(BadInputAnswers.problem(answer)).as("%s", answer).isNull();
    if (bearer != null && bearer.length() > 10) {
      secrets.add(bearer);
    }
    String all = answer.headers().map() + answer.body();
    for (String secret : secrets) {
      assertThat(all).as("an answer that tells a secret").doesNotContain(secret);
    }
    return answer;
  }

  public TestWorker register(String bearer) {
    Answer answer =
        post("/api/workers/register", bearer, "{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(server, answer.text("/workerId"), answer.text("/runtimeToken"));
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      log.close();
    }
    List<String> lines = log();
    assertThat(lines).as("the log was watched").anyMatch(line -> line.contains("dev.sluice.audit"));
    assertThat(lines)
        .as("faults that no test made")
        .noneMatch(
            line -> line.startsWith("ERROR") && !line.contains(AuthApplication.FAULT_MESSAGE));
    for (String line : lines) {
      assertThat(TOKEN.matcher(line).find()).as("a token in: %s", line).isFalse();
      assertThat(secrets.stream().filter(line::contains)).as("a secret in: %s", line).isEmpty();
      assertThat(line.contains("rsk_live_") || line.contains("rsp_live_"))
          .as("a key in: %s", line)
          .isFalse();
    }
  }
}
