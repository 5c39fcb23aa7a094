package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.gitcredentials.GitCredentialsException.Reach;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The installation of a repository, cached, and a token for it. Redirects are not followed, because
 * they would carry the credential away.
 */
final class GitHubApi {

  /** For the whole call, with the answer. */
  private static final Duration MOST_FOR_A_CALL = Duration.ofSeconds(5);

  private static final Duration MOST_LEFT_ALONE = Duration.ofHours(1);

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build());

  private final URI base;
  private final AppTokens appTokens;
  private final Map<String, String> permissions;
  private final Duration renewBefore;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(2))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Cache<GitHubApp.Repository, Long> installations =
      Caffeine.newBuilder().maximumSize(10_000).build();

  /** Empty {@code permissions} means all of the app's. */
  GitHubApi(
      URI base,
      AppTokens appTokens,
      Map<String, String> permissions,
      Duration renewBefore,
      Clock clock) {
    this.base = base;
    this.appTokens = appTokens;
    this.permissions = Map.copyOf(permissions);
    this.renewBefore = renewBefore;
    this.clock = clock;
  }

  /** Makes at most two calls of 5 s. */
  GitToken mint(GitHubApp.Repository repository)
      throws GitCredentialsException, InterruptedException {
    @Nullable Long installation = installations.getIfPresent(repository);
    if (installation == null) {
      installation = installation(repository);
      installations.put(repository, installation);
    }
    try {
      return token(installation, repository);
    } catch (GitCredentialsException e) {
      if (e.reach() == Reach.ONE) {
        installations.invalidate(repository); // the app may have been installed again
      }
      throw e;
    }
  }

  private long installation(GitHubApp.Repository repository)
      throws GitCredentialsException, InterruptedException {
    JsonNode answer =
        call(
            "the installation",
            request("/repos/" + repository.owner() + "/" + repository.name() + "/installation"),
            200);
    JsonNode id = answer.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToLong()) {
      throw unreadable("the installation");
    }
    return id.longValue();
  }

  private GitToken token(long installation, GitHubApp.Repository repository)
      throws GitCredentialsException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode();
    body.putArray("repositories").add(repository.name());
    if (!permissions.isEmpty()) {
      permissions.forEach(body.putObject("permissions")::put);
    }
    JsonNode answer =
        call(
            "a token",
            request("/app/installations/" + installation + "/access_tokens")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())),
            201);
    String token = answer.path("token").asText();
    Instant expiresAt;
    try {
      expiresAt = Instant.parse(answer.path("expires_at").asText());
    } catch (DateTimeException e) {
      throw unreadable("a token");
    }
    if (token.isBlank()) {
      throw unreadable("a token");
    }
    if (!expiresAt.isAfter(clock.instant())) {
      throw new GitCredentialsException(
          Reach.ALL, "GitHub's token is over already; is the clock right?");
    }
    return new GitToken(token, expiresAt, expiresAt.minus(renewBefore));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(MOST_FOR_A_CALL)
        .header("Authorization", "Bearer " + appTokens.make())
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .header("User-Agent", "sluice");
  }

  private JsonNode call(String what, HttpRequest.Builder request, int success)
      throws GitCredentialsException, InterruptedException {
    HttpResponse<byte[]> response = send(what, request.build());
    if (response.statusCode() != success) {
      throw refused(what, response);
    }
    try {
      JsonNode answer = MAPPER.readTree(response.body());
      return answer == null ? MAPPER.missingNode() : answer;
    } catch (IOException e) {
      throw unreadable(what);
    }
  }

  /** The request's time-out ends with the headers; this one covers the body. */
  private HttpResponse<byte[]> send(String what, HttpRequest request)
      throws GitCredentialsException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return sent.get(MOST_FOR_A_CALL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new GitCredentialsException(
          Reach.ALL, "asking GitHub for " + what + " failed: " + cause.getClass().getSimpleName());
    } catch (TimeoutException e) {
      throw new GitCredentialsException(
          Reach.ALL, "GitHub didn't answer in time when asked for " + what);
    } finally {
      sent.cancel(true);
    }
  }

  /** 404 and 422 concern the repository; other statuses the app or GitHub. */
  private GitCredentialsException refused(String what, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    boolean limited =
        status == 429
            || response.headers().firstValue("Retry-After").isPresent()
            || response.headers().firstValue("X-RateLimit-Remaining").orElse("").equals("0");
    boolean all = limited || status == 401 || status >= 500;
    String text = "GitHub answered " + status + " when asked for " + what;
    return limited
        ? new GitCredentialsException(Reach.ALL, text, retryAfter(response))
        : new GitCredentialsException(all ? Reach.ALL : Reach.ONE, text);
  }

  private Duration retryAfter(HttpResponse<byte[]> response) {
    long seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .map(GitHubApi::number)
            .orElseGet(
                () ->
                    response
                        .headers()
                        .firstValue("X-RateLimit-Reset")
                        .map(reset -> number(reset) - clock.instant().getEpochSecond())
                        .orElse(0L));
    return Duration.ofSeconds(Math.max(0, Math.min(seconds, MOST_LEFT_ALONE.toSeconds())));
  }

  private static long number(String header) {
    return header.matches("[0-9]{1,12}") ? Long.parseLong(header) : 0;
  }

  private static GitCredentialsException unreadable(String what) {
    return new GitCredentialsException(
        Reach.ALL, "GitHub's answer could not be read when asked for " + what);
  }
}
