package dev.sluice.service.findings;

import dev.sluice.service.http.edge.Networks;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to one address. The host is resolved once a call, checked, and connected to at that very
 * address, so that a name can't lead elsewhere meanwhile. Redirects are not followed.
 */
final class WebhookTarget {

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

  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-webhook-deadline");
            thread.setDaemon(true);
            return thread;
          });

  private static final int CONNECT_MS = 5_000;
  private static final int READ_MS = 10_000;

  /** Of a whole post, however slowly the other side answers. */
  private static final int POST_MS = 20_000;

  private static final int MOST_LINE = 1_024;

  private final URI url;
  private final boolean allowPrivate;

  WebhookTarget(URI url, boolean allowPrivate) {
    this.url = url;
    this.allowPrivate = allowPrivate;
  }

  /** Makes no DNS look-up. */
  static boolean isPrivateLiteral(String host) {
    InetAddress address = Networks.literal(host);
    return address != null && PRIVATE.contains(address);
  }

  String host() {
    return url.getHost();
  }

  /**
   * @return the status of the answer
   * @throws IOException also for a forbidden address; its message names the host, never the path
   */
  int post(Map<String, String> headers, byte[] body) throws IOException {
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    String name = url.getHost().replaceAll("^\\[|]$", "");
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    InetAddress address = resolve(name);
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), CONNECT_MS);
      plain.setSoTimeout(READ_MS);
      DEADLINES.schedule(() -> close(plain), POST_MS, TimeUnit.MILLISECONDS);
      if (!tls) {
        return exchange(plain, headers, body);
      }
      try (Socket secure = secure(plain, name, port)) {
        return exchange(secure, headers, body);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close(); // a read fails then
    } catch (IOException e) {
      LOG.debug("A socket wasn't closed", e);
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
        throw new IOException(
            name + " is at a private address, which findings.webhook.allowPrivate forbids");
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

  private int exchange(Socket socket, Map<String, String> headers, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head(headers, body.length).getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return status(line(new BufferedInputStream(socket.getInputStream())));
  }

  private String head(Map<String, String> headers, int length) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() >= 0 ? ":" + url.getPort() : "";
    StringBuilder head =
        new StringBuilder("POST " + path + query + " HTTP/1.1\r\nHost: " + url.getHost() + port)
            .append("\r\nContent-Type: application/json\r\nUser-Agent: sluice\r\nAccept: */*")
            .append("\r\nConnection: close\r\nContent-Length: ")
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
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d\\b.*\\r?")) {
      throw new IOException("the answer is not HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }
}
