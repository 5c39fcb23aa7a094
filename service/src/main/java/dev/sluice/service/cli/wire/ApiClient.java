package dev.sluice.service.cli.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connections are kept alive and shared. */
public final class ApiClient {

  /** Neither body nor {@code Content-Type}. */
  private static final byte[] NO_BODY = {};

  private static final int CONNECT_MS = 5_000;

  static {
    System.setProperty("sun.net.http.retryPost", "false"); // callers know what may be repeated
  }

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
    return call(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /**
   * Ids in the path are from {@link #encoded}. {@code body} is of the {@code Content-Type} of the
   * headers. Exceptions have no secret.
   */
  public WireAnswer call(String method, String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return Objects.requireNonNull(
        open(
            method,
            path,
            body,
            headers,
            (status, in) -> new WireAnswer(status, in.readAllBytes())));
  }

  public interface Reader {
    void read(InputStream in) throws IOException;
  }

  /** Reads a long answer while it comes. Returns the answer of a refusal, else null. */
  public @Nullable WireAnswer stream(String method, String path, Reader reader)
      throws IOException, InterruptedException {
    return open(
        method,
        path,
        NO_BODY,
        Map.of("Accept", "application/x-ndjson"),
        (status, in) -> {
          if (status >= 300) {
            return new WireAnswer(status, in.readAllBytes());
          }
          reader.read(in);
          return null;
        });
  }

  private interface Answer {
    @Nullable WireAnswer of(int status, InputStream in) throws IOException;
  }

  private @Nullable WireAnswer open(
      String method, String path, byte[] body, Map<String, String> headers, Answer answer)
      throws IOException, InterruptedException {
    HttpURLConnection call;
    int status;
    try {
      call = (HttpURLConnection) new URL(url + path).openConnection();
      call.setConnectTimeout(CONNECT_MS);
      call.setReadTimeout((int) timeout.toMillis());
      call.setInstanceFollowRedirects(false);
      call.setRequestMethod(method);
      call.setRequestProperty("Authorization", "Bearer " + key);
      call.setRequestProperty("User-Agent", "sluice-cli");
      call.setRequestProperty("Accept", "application/json");
      if (body.length > 0) {
        call.setRequestProperty("Content-Type", "application/json");
      }
      headers.forEach(call::setRequestProperty);
      if (body.length > 0) {
        call.setDoOutput(true);
        call.getOutputStream().write(body);
      }
      status = call.getResponseCode();
    } catch (IOException e) {
      throw away(e);
    }
    try (InputStream in = new Body(call, status)) {
      return answer.of(status, in);
    }
  }

  private IOException away(IOException e) {
    String why =
        e instanceof ConnectException
            ? "cannot connect"
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(url + " doesn't answer: " + why, e);
  }

  /** Its exceptions name the server, unlike those of its reader. */
  private final class Body extends FilterInputStream {

    Body(HttpURLConnection call, int status) throws IOException {
      super(of(call, status));
    }

    private static InputStream of(HttpURLConnection call, int status) throws IOException {
      InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream();
      return in == null ? InputStream.nullInputStream() : in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      try {
        return super.read(to, from, most);
      } catch (IOException e) {
        throw away(e);
      }
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
