package dev.sluice.service.http.edge;

import dev.sluice.service.errors.ErrorCode;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits connections in total and per client address (IPv6: /64 network). Further ones get a 503
 * and are closed.
 */
public final class ConnectionGuard implements SelectorManager.AcceptListener {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final int NETWORK_BYTES = 8;
  private static final String ALL = "";

  private final int most;
  private final int mostOfOne;
  private final boolean plain;
  private final Map<SelectableChannel, String> open = new HashMap<>(); // guards all below
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final Set<String> told = new HashSet<>(); // addresses, and ALL

  /** {@code plain} is true if clients accept an answer outside of TLS. */
  public ConnectionGuard(FrontLimits limits, boolean plain) {
    this.most = limits.connections();
    this.mostOfOne = limits.connectionsPerAddress();
    this.plain = plain;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    String address = address(channel);
    @Nullable String limit;
    synchronized (open) {
      limit = full(address);
      if (limit == null) {
        open.put(channel, address);
        byAddress.merge(address, 1, Integer::sum);
        return;
      }
      if (told.add(open.size() >= most ? ALL : address)) {
        LOG.warn("Refused a connection of {}: {}", address, limit);
      }
    }
    refuse(channel, limit);
  }

  private @Nullable String full(String address) {
    if (open.size() >= most) {
      return "connections must be at most " + most + " (front.maxConnections)";
    }
    return byAddress.getOrDefault(address, 0) >= mostOfOne
        ? "connections of one address must be at most "
            + mostOfOne
            + " (front.maxConnectionsPerAddress)"
        : null;
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    synchronized (open) {
      String address = open.remove(channel);
      if (address != null) {
        Integer left =
            byAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        tellAgain(address, left == null ? 0 : left);
      }
    }
  }

  /** A limit that was reached is told again once half of it is free. */
  private void tellAgain(String address, int left) {
    if (left <= mostOfOne / 2) {
      told.remove(address);
    }
    if (open.size() <= most / 2) {
      told.remove(ALL);
    }
  }

  /** A whole answer, for a connection that is closed after it. */
  static byte[] refusal(String limit, String field) {
    String body =
        "{\"error\":\"%1$s\",\"message\":\"%1$s\",\"code\":\"%3$s\",\"field\":\"%2$s\"}"
            .formatted(limit, field, ErrorCode.BUSY.wire());
    String answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return answer.getBytes(StandardCharsets.US_ASCII);
  }

  /** The answer fits into the buffers of a new connection, so the write never blocks. */
  private void refuse(SelectableChannel channel, String limit) {
    try (channel) {
      if (plain && channel instanceof SocketChannel socket) {
        socket.write(ByteBuffer.wrap(refusal(limit, "connections")));
        socket.shutdownOutput();
      }
    } catch (IOException gone) {
      LOG.debug("A refused connection is gone", gone);
    }
  }

  private static String address(SelectableChannel channel) {
    try {
      return address(channel instanceof SocketChannel socket ? socket.getRemoteAddress() : null);
    } catch (IOException gone) {
      LOG.debug("A new connection is gone", gone);
      return address((SocketAddress) null);
    }
  }

  /** The address that limits are counted for; of IPv6 the /64 network. */
  static String address(@Nullable SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress known) || known.getAddress() == null) {
      return "unknown";
    }
    byte[] bytes = known.getAddress().getAddress();
    return known.getAddress() instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
        : known.getAddress().getHostAddress();
  }
}
