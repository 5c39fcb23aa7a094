package dev.sluice.service.http.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The configured names, {@code localhost}, loopback addresses, and the called address. Ports are
 * ignored.
 */
final class Hosts {

  private final Set<String> names;

  Hosts(Collection<String> names) {
    this.names = names.stream().map(Hosts::normal).collect(Collectors.toSet());
  }

  boolean allow(@Nullable String host, Request request) {
    if (host == null || isLoopback(host) || names.contains(normal(host))) {
      return true;
    }
    InetAddress address = Networks.literal(host);
    return address != null
        && request.getConnectionMetaData().getLocalSocketAddress()
            instanceof InetSocketAddress local
        && address.equals(local.getAddress());
  }

  static boolean isLoopback(String host) {
    InetAddress address = Networks.literal(host);
    return address == null ? normal(host).equals("localhost") : address.isLoopbackAddress();
  }

  private static String normal(String host) {
    return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
  }
}
