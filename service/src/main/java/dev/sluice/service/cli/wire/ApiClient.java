package dev.sluice.service.cli.wire;

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

/** HTTP calls to the API of a server. */
public final class ApiClient {

  private final HttpClient http;
  private final String url;
  private final String key;
  private final Duration timeout;

  /**
   * @param url {@code http(s)://host[:port][/base]}
   * @param key the API key, in visible ASCII
   */
  public ApiClient(URI url, String key, Duration timeout) {
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    String text = url.toString();
    this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.key = key;
    this.timeout = timeout;
  }

  /**
   * Makes a call and returns any answer.
   *
   * @param path starts with {@code /}, with ids from {@link #encoded}
   * @param body JSON, or empty
   * @throws IOException if there is no complete answer; the message has no secret
   */
  public WireAnswer call(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + key)
            .header("User-Agent", "sluice-cli")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new WireAnswer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(url + " doesn't answer: " + why, e);
    }
  }

  /** Encodes an id for a path. */
  public static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "ApiClient[" + url + "]";
  }
}
