package dev.sluice.service.http.edge;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Applies the address, scheme and host forwarded by a trusted proxy. With a public URL, refuses
 * other hosts and uses that URL as the called one.
 */
public final class ApplicationEdge implements HttpConfiguration.Customizer {

  private static final int MISDIRECTED = 421;
  private static final HttpField NOSNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

  private final TrustedProxies proxies;
  private final @Nullable URI publicUrl;
  private final Hosts hosts;
  private final @Nullable HttpField strictTransport;

  /** A null {@code publicUrl} accepts any host; 0 disables HSTS. */
  public ApplicationEdge(
      TrustedProxies proxies,
      @Nullable URI publicUrl,
      List<String> allowedHosts,
      long hstsSeconds) {
    this.proxies = proxies;
    this.publicUrl = publicUrl;
    List<String> names = new ArrayList<>(allowedHosts);
    if (publicUrl != null) {
      names.add(publicUrl.getHost());
    }
    this.hosts = new Hosts(names);
    this.strictTransport =
        hstsSeconds == 0
            ? null
            : new PreEncodedHttpField("Strict-Transport-Security", "max-age=" + hstsSeconds);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    headers.put(NOSNIFF);
    TrustedProxies.Forwarded forwarded = proxies.read(request);
    HttpURI uri = forwarded == null ? request.getHttpURI() : called(request, forwarded);
    if (publicUrl != null) {
      if (!hosts.allow(uri.getHost(), request)) {
        throw new HttpException.RuntimeException(
            MISDIRECTED, "This server has another name; see edge.publicUrl and edge.allowedHosts");
      }
      uri = publicly(uri, forwarded, publicUrl);
    }
    boolean secure = request.isSecure() || "https".equalsIgnoreCase(uri.getScheme());
    if (secure && strictTransport != null) {
      headers.put(strictTransport);
    }
    return forwarded == null && uri == request.getHttpURI()
        ? request
        : new Seen(request, uri, secure, forwarded);
  }

  private static HttpURI called(Request request, TrustedProxies.Forwarded forwarded) {
    HttpURI.Mutable uri = HttpURI.build(request.getHttpURI());
    if (forwarded.scheme() != null) {
      uri.scheme(forwarded.scheme().toLowerCase(Locale.ROOT));
    }
    if (forwarded.host() != null) {
      try {
        HostPort host = new HostPort(forwarded.host());
        uri.authority(host.getHost(), host.getPort());
      } catch (IllegalArgumentException e) {
        throw new HttpException.RuntimeException(400, "X-Forwarded-Host is no host");
      }
    }
    return uri.asImmutable();
  }

  /**
   * A call by the public name, or through a proxy that forwards no host, belongs to the public URL.
   */
  private static HttpURI publicly(
      HttpURI uri, TrustedProxies.@Nullable Forwarded forwarded, URI url) {
    boolean unnamed = forwarded != null && forwarded.host() == null;
    return unnamed || url.getHost().equalsIgnoreCase(uri.getHost())
        ? HttpURI.build(uri)
            .scheme(url.getScheme())
            .authority(url.getHost(), url.getPort())
            .asImmutable()
        : uri;
  }

  private static final class Seen extends Request.Wrapper {
    private final HttpURI uri;
    private final HttpFields headers;
    private final boolean secure;
    private final ConnectionMetaData connection;

    Seen(
        Request request,
        HttpURI uri,
        boolean secure,
        TrustedProxies.@Nullable Forwarded forwarded) {
      super(request);
      this.uri = uri;
      // The server refuses a call whose Host is another one than its address names.
      this.headers =
          HttpFields.build(request.getHeaders())
              .put(new HostPortHttpField(uri.getHost(), uri.getPort()))
              .asImmutable();
      this.secure = secure;
      this.connection = new SeenConnection(request.getConnectionMetaData(), secure, forwarded);
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }
  }

  private static final class SeenConnection extends ConnectionMetaData.Wrapper {
    private final boolean secure;
    private final SocketAddress remote;

    SeenConnection(
        ConnectionMetaData connection,
        boolean secure,
        TrustedProxies.@Nullable Forwarded forwarded) {
      super(connection);
      this.secure = secure;
      this.remote =
          forwarded == null
              ? connection.getRemoteSocketAddress()
              : new InetSocketAddress(forwarded.client(), 0);
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return remote;
    }
  }
}
