package dev.sluice.service.http.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} of trusted proxies only. */
public final class TrustedProxies {

  private final Networks proxies;

  public TrustedProxies(List<String> entries) {
    proxies = new Networks(entries);
  }

  /** A null {@code scheme} or {@code host} was not forwarded. */
  record Forwarded(InetAddress client, @Nullable String scheme, @Nullable String host) {}

  /** Null for a call that no trusted proxy sent. */
  @Nullable Forwarded read(Request request) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    if (proxies.isEmpty()
        || !(remote instanceof InetSocketAddress peer)
        || peer.getAddress() == null
        || !proxies.contains(peer.getAddress())) {
      return null;
    }
    HttpFields headers = request.getHeaders();
    String scheme = last(headers, "X-Forwarded-Proto");
    boolean known = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    return new Forwarded(
        client(peer.getAddress(), headers.getCSV("X-Forwarded-For", false)),
        known ? scheme : null,
        last(headers, "X-Forwarded-Host"));
  }

  /** The rightmost hop that is no trusted proxy; hops to its left can be forged. */
  InetAddress client(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    for (int i = hops.size() - 1; i >= 0; i--) {
      InetAddress hop = Networks.literal(withoutPort(hops.get(i).strip()));
      if (hop == null) {
        return client;
      }
      client = hop;
      if (!proxies.contains(hop)) {
        return client;
      }
    }
    return client;
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      return hop.substring(0, hop.indexOf(']') + 1);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static @Nullable String last(HttpFields headers, String name) {
    List<String> values = headers.getCSV(name, false);
    String value = values.isEmpty() ? "" : values.get(values.size() - 1).strip();
    return value.isEmpty() ? null : value;
  }
}
