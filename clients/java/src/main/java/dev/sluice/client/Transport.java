package dev.sluice.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Makes single calls, and computes the pauses between repeated ones. */
final class Transport {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60); // more than a poll is held
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 30_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String url;

  Transport(String url) {
    this.url = url.replaceAll("/+$", "");
  }

  /**
   * An answer.
   *
   * @param retryAfterMs pause that the server asks for; 0 if it asks for none
   */
  record Answer(int status, Map<String, Object> body, long retryAfterMs) {
    boolean ok() {
      return status >= 200 && status < 300;
    }

    /** True if the same call may succeed later. */
    boolean later() {
      return status == 408 || status == 429 || status >= 500;
    }

    String code() {
      return Json.text(body, "code");
    }

    SluiceException problem() {
      return new SluiceException(status, body);
    }
  }

  /**
   * @throws IOException if there was no whole answer; the call may have been carried out
   */
  Answer call(
      String method, String path, String bearer, Map<String, ?> body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("POST")
                    ? BodyPublishers.ofString(Json.write(body))
                    : BodyPublishers.noBody());
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    long retryAfterMs =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("\\d{1,6}"))
            .map(seconds -> Long.parseLong(seconds) * 1_000)
            .orElse(0L);
    try {
      return new Answer(response.statusCode(), Json.readObject(response.body()), retryAfterMs);
    } catch (IllegalArgumentException e) {
      if (response.statusCode() < 300) {
        throw new IOException("The answer of " + path + " isn't a JSON object", e);
      }
      return new Answer(response.statusCode(), Map.of("message", response.body()), retryAfterMs);
    }
  }

  /**
   * Half a second, doubled with each failure up to 30 s, and at random down to half of it. It is
   * never shorter than what the server asks for.
   */
  static long pauseMs(int failures, long retryAfterMs) {
    long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 10));
    double random = ThreadLocalRandom.current().nextDouble(0.5, 1);
    return retryAfterMs + (long) (most * random);
  }

  /** Makes an id fit for a path. */
  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
