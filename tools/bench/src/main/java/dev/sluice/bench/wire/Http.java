package dev.sluice.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Connections are kept alive and shared. The JDK's older client: it takes a third of the CPU of the
 * newer one, and the tool shares a machine with the server.
 */
public final class Http {

  /** Neither body nor {@code Content-Type}. */
  public static final byte[] NO_BODY = {};

  private static final int CONNECT_MS = 5_000;

  static {
    System.setProperty("http.maxConnections", "1024"); // kept alive; else 5
    System.setProperty("sun.net.http.retryPost", "false"); // callers know what may be repeated
  }

  private final String url;
  private final Duration timeout;

  /** The URL is {@code http(s)://host[:port][/base]}. */
  public Http(URI url, Duration timeout) {
    this.url = url.toString().replaceAll("/$", "");
    this.timeout = timeout;
  }

  /**
   * Ids in the path are from {@link #encoded}, the bearer is visible ASCII, and the body JSON or
   * empty. Exceptions have no secret.
   */
  public WireAnswer call(String method, String path, String bearer, byte[] body)
      throws IOException {
    return call(method, path, bearer, "application/json", body);
  }

  public WireAnswer call(String method, String path, String bearer, String accept, byte[] body)
      throws IOException {
    try {
      HttpURLConnection call = (HttpURLConnection) new URL(url + path).openConnection();
      call.setConnectTimeout(CONNECT_MS);
      call.setReadTimeout((int) timeout.toMillis());
      call.setInstanceFollowRedirects(false);
      call.setRequestMethod(method);
      call.setRequestProperty("Authorization", "Bearer " + bearer);
      call.setRequestProperty("User-Agent", "sluice-bench");
      call.setRequestProperty("Accept", accept);
      if (body.length > 0) {
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        call.getOutputStream().write(body);
      }
      int status = call.getResponseCode();
      try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
        return new WireAnswer(status, in == null ? NO_BODY : in.readAllBytes());
      }
    } catch (IOException e) {
      throw new IOException(url + " doesn't answer: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "cannot connect";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  public static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
