package dev.sluice.service.http.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls this node over its own application port, the only way to see that the front still serves
 * calls.
 */
public final class FrontCheck {

  private static final Logger LOG = LoggerFactory.getLogger(FrontCheck.class);
  private static final int TIMEOUT_MS = 2_000;
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final String path;
  private volatile @Nullable Server server;
  private volatile boolean deaf;
  private volatile long goodNanos = System.nanoTime() - FRESH_NANOS;

  public FrontCheck() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    path = "/" + HexFormat.of().formatHex(random);
  }

  public void of(Server checked) {
    server = checked;
  }

  boolean isFor(Request request) {
    return path.equals(request.getHttpURI().getPath());
  }

  public @Nullable String problem() {
    if (System.nanoTime() - goodNanos < FRESH_NANOS) {
      return null;
    }
    ServerConnector connector = connector();
    if (connector == null) {
      return "the application port is not open";
    }
    try {
      call(connector);
      goodNanos = System.nanoTime();
      if (deaf) {
        deaf = false;
        LOG.info("The application port serves calls again");
      }
      return null;
    } catch (IOException | GeneralSecurityException e) {
      String problem = "the application port does not serve calls: " + e.getMessage();
      if (!deaf) {
        deaf = true;
        LOG.warn("Claims stop expiring: {}", problem);
      }
      return problem;
    }
  }

  private @Nullable ServerConnector connector() {
    Server checked = server;
    if (checked == null || !checked.isStarted()) {
      return null;
    }
    for (var each : checked.getConnectors()) {
      if (each instanceof ServerConnector connector
          && Front.guards(connector)
          && connector.getLocalPort() > 0) {
        return connector;
      }
    }
    return null;
  }

  private void call(ServerConnector connector) throws IOException, GeneralSecurityException {
    try (Socket plain = new Socket()) {
      plain.connect(address(connector), TIMEOUT_MS);
      plain.setSoTimeout(TIMEOUT_MS);
      if (connector.getConnectionFactory(ProxyConnectionFactory.class) != null) {
        plain.getOutputStream().write("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      if (connector.getConnectionFactory(SslConnectionFactory.class) == null) {
        exchange(plain);
        return;
      }
      try (Socket secure =
          ourselves().getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
        exchange(secure);
      }
    }
  }

  private static InetSocketAddress address(ServerConnector connector) throws IOException {
    String host = connector.getHost();
    InetAddress address =
        host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    return new InetSocketAddress(
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address,
        connector.getLocalPort());
  }

  private void exchange(Socket socket) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    if (!status.equals("HTTP/1.1 204")) {
      throw new IOException(status.isEmpty() ? "no answer" : "answered " + status);
    }
  }

  /** This node's certificate need not name the loopback address; nothing secret is sent. */
  private static SSLContext ourselves() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    return context;
  }
}
