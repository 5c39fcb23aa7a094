package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.auth.secrets.PasswordHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The running service with operators; its log may contain no secret of theirs. */
public final class LoginEdge implements AutoCloseable {

  public static final String ADMIN_PASSWORD = "the-password-of-admin";

  public static final String ATTESTED = "attested";

  public static final String RETRIED = "retried-after-timeouts";

  private static final Pattern COOKIE = Pattern.compile("sluice_session=([^;]*);.*");
  private static final AtomicInteger ADDRESS = new AtomicInteger();

  private final AuthLog log = new AuthLog();
  private final SluiceServer server;
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /**
   * @param operators each as {@code name role org password}
   * @param overrides {@code key=value}
   */
  public LoginEdge(String backendType, List<String> operators, String... overrides) {
    secrets.add(ADMIN_PASSWORD);
    List<String> hashed = new ArrayList<>();
    for (String operator : operators) {
      String[] part = operator.split(" ");
      String hash = PasswordHash.of(part[3], 1_000).text();
      secrets.add(part[3]);
      secrets.add(hash);
      hashed.add(String.join(" ", part[0], part[1], part[2], hash));
    }
    String[] all =
        Stream.concat(
                Arrays.stream(overrides), Stream.of("credentials.adminPassword=" + ADMIN_PASSWORD))
            .toArray(String[]::new);
    server = SluiceServer.start(LoginApplication.class, configuration(hashed), backendType, all);
  }

  /**
   * The shipped configuration, in which work of {@link #RETRIED} waits again after a timeout, and
   * that of the org {@link #ATTESTED} goes only to machines that attest its levels.
   *
   * @param operators each as {@code name role org passwordHash}
   */
  static Path configuration(List<String> operators) {
    StringBuilder block = new StringBuilder("operators:");
    for (String operator : operators) {
      block.append(
          String.format(
              "%n  - {name: %s, role: %s, org: %s, passwordHash: \"%s\"}",
              (Object[]) operator.split(" ")));
    }
    try {
      String shipped = Files.readString(Path.of("../config.yml"));
      assertThat(shipped)
          .contains("\noperators: []\n")
          .contains("\nretry: []\n")
          .contains("\nattestedOrgs: []\n");
      String retry =
          "retry: [{org: default, project: %s, causes: {timeout: now}}]".formatted(RETRIED);
      return Files.writeString(
          Files.createTempFile("sluice-test", ".yml"),
          shipped
              .replace("operators: []", block)
              .replace("retry: []", retry)
              .replace("attestedOrgs: []", "attestedOrgs: [" + ATTESTED + "]"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SluiceServer server() {
    return server;
  }

  public List<String> log() {
    return log.lines();
  }

  /** An IPv4 address without failed logins. */
  public static String newAddress() {
    int number = ADDRESS.incrementAndGet();
    return "198.51." + number / 250 + "." + (1 + number % 250);
  }

  /** Tries to log in, from a new address. */
  public Answer tryLogin(String name, String password) {
    return tryLogin(name, password, Map.of("X-Forwarded-For", newAddress()));
  }

  public Answer tryLogin(String name, String password, Map<String, String> headers) {
    String body = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    secrets.add(password);
    Answer answer = server.call("POST", "/api/login", null, body, headers);
    answer.headers().firstValue("Set-Cookie").ifPresent(set -> secrets.add(value(set)));
    return answer;
  }

  public String login(String name, String password) {
    Answer answer = tryLogin(name, password);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return value(answer.headers().firstValue("Set-Cookie").orElseThrow());
  }

  public Answer get(String path, String cookie) {
    return call("GET", path, cookie, null, Map.of());
  }

  public Answer post(String path, String cookie, String body) {
    return call("POST", path, cookie, body, Map.of("Sec-Fetch-Site", "same-origin"));
  }

  /** Makes any call with a cookie; its answer must be proper. */
  public Answer call(
      String method,
      String path,
      String cookie,
      @Nullable String body,
      Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Cookie", "other=1; sluice_session=" + cookie + "; more=2");
    Answer answer = server.call(method, path, null, body, all);
    if (!method.equals("HEAD") && answer.status() != 204) {
      assertThat(BadInputAnswers.problem(answer)).as("%s", answer).isNull();
    }
    return answer;
  }

  private static String value(String setCookie) {
    var matcher = COOKIE.matcher(setCookie);
    assertThat(matcher.matches()).as(setCookie).isTrue();
    String value = matcher.group(1);
    return value.isEmpty() ? "no cookie" : value;
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
    assertThat(lines).as("faults").noneMatch(line -> line.startsWith("ERROR"));
    for (String line : lines) {
      assertThat(secrets.stream().filter(line::contains)).as("a secret in: %s", line).isEmpty();
    }
  }
}
