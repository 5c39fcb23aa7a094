package dev.sluice.service.webhooks;

import dev.sluice.service.http.edge.Networks;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to one address. The host is resolved once a connection, checked, and connected to at that
 * very address, so that a name can't lead elsewhere meanwhile. Redirects are not followed. Of an
 * answer only the head counts.
 */
public final class WebhookTarget {

  /** Networks that the internet doesn't route, or that may lead into them. */
  private static final Networks PRIVATE =
      new Networks(
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/64",
              "64:ff9b::/32",
              "100::/64",
              "2001::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8"));

  private static final Logger LOG = LoggerFactory.getLogger(WebhookTarget.class);

  private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

  private static final int CONNECT_MS = 5_000;

  /** Limit of a whole post, however slowly the other side answers. */
  private static final int POST_MS = 15_000;

  /** A connection isn't used again if the rest of its answer takes longer. */
  private static final int REST_MS = 100;

  private static final int MOST_LINE = 8 * 1024;
  private static final int MOST_LINES = 100;
  private static final int MOST_HEADS = 5;
  private static final long MOST_BODY = 64L * 1024;

  private final URI url;
  private final boolean allowPrivate;
  private final String setting;

  /**
   * @param setting that allows private addresses, for messages
   */
  public WebhookTarget(URI url, boolean allowPrivate, String setting) {
    this.url = url;
    this.allowPrivate = allowPrivate;
    this.setting = setting;
  }

  private static ScheduledThreadPoolExecutor deadlines() {
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "sluice-webhook-deadline");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
    return deadlines;
  }

  /** Returns null unless it is a url of http or https with a host, without user or fragment. */
  public static @Nullable URI parse(String text) {
    try {
      URI parsed = new URI(text);
      String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
      boolean valid =
          (scheme.equals("http") || scheme.equals("https"))
              && parsed.getHost() != null
              && parsed.getRawUserInfo() == null
              && parsed.getRawFragment() == null
              && parsed.getPort() <= 65_535
              && text.chars().allMatch(c -> c < 0x80);
      return valid ? parsed : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  public static boolean isHttps(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  /** Makes no DNS look-up. */
  public static boolean isPrivateLiteral(String host) {
    InetAddress address = Networks.literal(host);
    return address != null && PRIVATE.contains(address);
  }

  public String host() {
    return url.getHost();
  }

  /**
   * @param retryAfter as the header says; null without one
   */
  public record Answer(int status, @Nullable String retryAfter) {}

  /**
   * @throws IOException also for a forbidden address; its message names the host, never the path
   */
  public Answer post(Map<String, String> headers, byte[] body) throws IOException {
    try (Posts posts = new Posts()) {
      return posts.post(headers, body);
    }
  }

  public Posts posts() {
    return new Posts();
  }

  /** Posts that share connections. Many threads may use it. */
  public final class Posts implements Closeable {

    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private Posts() {}

    /** As {@link WebhookTarget#post}. */
    public Answer post(Map<String, String> headers, byte[] body) throws IOException {
      Connection used = idle.poll();
      if (used != null) {
        try {
          return exchange(used, headers, body);
        } catch (IOException e) {
          if (used.answered || used.late) {
            throw e;
          }
          LOG.debug("A connection ended while it was idle", e);
        }
      }
      return exchange(new Connection(), headers, body);
    }

    private Answer exchange(Connection connection, Map<String, String> headers, byte[] body)
        throws IOException {
      boolean again = false;
      try {
        Answer answer = connection.post(head(headers, body.length), body);
        again = connection.isClear();
        return answer;
      } finally {
        if (again) {
          idle.add(connection);
        } else {
          connection.close();
        }
      }
    }

    @Override
    public void close() {
      idle.forEach(Connection::close);
      idle.clear();
    }
  }

  private final class Connection implements Closeable {

    private volatile Socket socket = new Socket();
    private @Nullable InputStream in;

    /** True once the deadline has closed it. */
    private volatile boolean late;

    /** True if the answer to the last post has begun. */
    private boolean answered;

    /** Bytes of the answer behind its head; -1 if the end isn't known. */
    private long rest;

    Answer post(String head, byte[] body) throws IOException {
      answered = false;
      Future<?> deadline =
          DEADLINES.schedule(
              () -> {
                late = true;
                close();
              },
              POST_MS,
              TimeUnit.MILLISECONDS);
      try {
        InputStream from = in == null ? connect() : in;
        in = from;
        socket.setSoTimeout(POST_MS);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return answer(from);
      } catch (IOException e) {
        throw late ? new IOException("no answer within " + POST_MS / 1_000 + " s", e) : e;
      } finally {
        deadline.cancel(false);
      }
    }

    private InputStream connect() throws IOException {
      String name = url.getHost().replaceAll("^\\[|]$", "");
      int port = url.getPort() >= 0 ? url.getPort() : isHttps(url) ? 443 : 80;
      socket.connect(new InetSocketAddress(resolve(name), port), CONNECT_MS);
      socket.setTcpNoDelay(true);
      if (isHttps(url)) {
        socket.setSoTimeout(POST_MS);
        socket = secure(socket, name, port);
      }
      return new BufferedInputStream(socket.getInputStream());
    }

    /** Passes over answers that announce another one. */
    private Answer answer(InputStream from) throws IOException {
      for (int heads = 0; heads < MOST_HEADS; heads++) {
        String first = line(from);
        answered = !first.isEmpty();
        int status = status(first);
        Map<String, String> headers = headers(from);
        if (status >= 200 || status == 101) {
          rest = rest(first, status, headers);
          return new Answer(status, headers.get("retry-after"));
        }
      }
      throw new IOException("the answer doesn't end");
    }

    private static long rest(String first, int status, Map<String, String> headers) {
      String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
      if (!first.startsWith("HTTP/1.1")
          || status == 101
          || connection.contains("close")
          || headers.containsKey("transfer-encoding")) {
        return -1;
      }
      if (status == 204 || status == 304) {
        return 0;
      }
      String length = headers.getOrDefault("content-length", "");
      return length.matches("\\d{1,9}") ? Long.parseLong(length) : -1;
    }

    /** True if the answer is read to its end, so that the connection can be used again. */
    private boolean isClear() {
      InputStream from = in;
      if (from == null || rest < 0 || rest > MOST_BODY) {
        return false;
      }
      try {
        socket.setSoTimeout(REST_MS);
        return from.readNBytes((int) rest).length == rest && from.available() == 0;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      try {
        socket.close(); // a read fails then
      } catch (IOException e) {
        LOG.debug("A socket wasn't closed", e);
      }
    }
  }

  private InetAddress resolve(String name) throws IOException {
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      throw new IOException("no address of " + name, e);
    }
    for (InetAddress each : all) {
      if (!allowPrivate && PRIVATE.contains(each)) {
        throw new IOException(name + " is at a private address, which " + setting + " forbids");
      }
    }
    return all[0];
  }

  /** Checks the certificate against the name. */
  private static Socket secure(Socket plain, String name, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secure = (SSLSocket) factory.createSocket(plain, name, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private String head(Map<String, String> headers, int length) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() >= 0 ? ":" + url.getPort() : "";
    StringBuilder head =
        new StringBuilder("POST " + path + query + " HTTP/1.1\r\nHost: " + url.getHost() + port)
            .append("\r\nUser-Agent: sluice\r\nAccept: */*\r\nContent-Length: ")
            .append(length);
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    return head.append("\r\n\r\n").toString();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() < MOST_LINE) {
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d\\b.*")) {
      throw new IOException("the answer is not HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  /** By names in lower case. */
  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    throw new IOException("the answer has more than " + MOST_LINES + " headers");
  }
}
