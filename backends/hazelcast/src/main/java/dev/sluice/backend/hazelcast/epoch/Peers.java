package dev.sluice.backend.hazelcast.epoch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Messages between the members: lost when a connection ends, never in another order. */
final class Peers implements AutoCloseable {

  private static final long HEARD_MS = 1_500;

  private final PeerListener listener;
  private final List<@Nullable PeerLink> links = new ArrayList<>();
  private final AtomicLongArray heardNanos;
  private final long startNanos = System.nanoTime();

  interface Receiver {

    /** Called on a thread for each member. */
    void receive(int from, byte[] message) throws IOException;

    /** The member's process has ended. */
    void ended(int from);
  }

  /** Takes the port, and hears and says nothing before {@link #start}. */
  Peers(List<InetSocketAddress> addresses, int self, PeerKey key, Receiver receiver)
      throws IOException {
    heardNanos = new AtomicLongArray(addresses.size());
    for (int seat = 0; seat < addresses.size(); seat++) {
      heardNanos.set(seat, startNanos - Long.MAX_VALUE / 2);
    }
    listener =
        new PeerListener(
            addresses.get(self),
            self,
            addresses.size(),
            key,
            new Receiver() {
              @Override
              public void receive(int from, byte[] message) throws IOException {
                heardNanos.set(from, System.nanoTime());
                receiver.receive(from, message);
              }

              @Override
              public void ended(int from) {
                receiver.ended(from);
              }
            });
    for (int seat = 0; seat < addresses.size(); seat++) {
      links.add(
          seat == self ? null : new PeerLink(addresses.get(seat), self, seat, key, this::silentMs));
    }
  }

  void start() {
    listener.start();
    for (PeerLink link : links) {
      if (link != null) {
        link.start();
      }
    }
  }

  void send(int seat, byte[] message) {
    PeerLink link = links.get(seat);
    if (link != null) {
      link.send(message);
    }
  }

  /** A bit for each other seat that was heard lately. */
  int heard() {
    int heard = 0;
    for (int seat = 0; seat < links.size(); seat++) {
      if (links.get(seat) != null && silentMs(seat) < HEARD_MS) {
        heard |= 1 << seat;
      }
    }
    return heard;
  }

  /** Time since the last message. */
  private long silentMs(int seat) {
    return (System.nanoTime() - heardNanos.get(seat)) / 1_000_000;
  }

  @Override
  public void close() {
    listener.close();
    for (PeerLink link : links) {
      if (link != null) {
        link.close();
      }
    }
  }
}
