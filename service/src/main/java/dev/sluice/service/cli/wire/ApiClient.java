package dev.sluice.service.cli.wire;

import java.io.IOException;
import java.net.ConnectException;
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

/** Connections are kept alive and shared. */
public final class ApiClient {

  /** Neither body nor {@code Content-Type}. */
  public static final byte[] NO_BODY = {};

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String url;
  private final String key;
  private final Duration timeout;

  /** The URL is {@code http(s)://host[:port][/base]}, the key visible ASCII. */
  public ApiClient(URI url, String key, Duration timeout) {
    this.url = url.toString().replaceAll("/$", "");
    this.key = key;
    this.timeout = timeout;
  }

  /** {@code body} is JSON or empty. */
  public WireAnswer call(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return call(method, path, key, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Ids in the path are from {@link #encoded}. Exceptions have no secret. */
  public WireAnswer call(
      String method, String path, String bearer, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + bearer)
            .header("User-Agent", "sluice-cli")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new WireAnswer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      String why =
          e instanceof ConnectException
              ? "cannot connect"
              : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(url + " doesn't answer: " + why, e);
    }
  }

  public static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "ApiClient[" + url + "]"; // without the key
  }
}
