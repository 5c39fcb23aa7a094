package dev.sluice.backend.hazelcast.epoch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to one member, and connects again and again. */
final class PeerLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  private static final int MAX_WAITING = 256;
  private static final int CONNECT_MS = 1_000;
  private static final int AGAIN_MS = 200;

  /** After this silence of a member a connection to it may be broken without a sign. */
  private static final long SILENT_MS = 4_000;

  private final InetSocketAddress address;
  private final int self;
  private final int to;
  private final PeerKey key;
  private final IntToLongFunction silentMs;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Socket socket;
  private volatile long connectedNanos;

  PeerLink(InetSocketAddress address, int self, int to, PeerKey key, IntToLongFunction silentMs) {
    this.address = address;
    this.self = self;
    this.to = to;
    this.key = key;
    this.silentMs = silentMs;
    thread = new Thread(this::run, "sluice-epoch-to-" + to);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void send(byte[] message) {
    Socket open = socket;
    if (open == null) {
      return;
    }
    if (message.length > Frames.MAX_PAYLOAD) {
      LOG.error("A message of {} bytes to {} is too large to be sent", message.length, address);
      return;
    }
    if (broken()) {
      reset(open); // the thread may hang in a write, or finds it closed at the next
    }
    while (!waiting.offer(message)) {
      waiting.poll();
    }
  }

  private boolean broken() {
    long ageMs = (System.nanoTime() - connectedNanos) / 1_000_000;
    return ageMs > SILENT_MS && silentMs.applyAsLong(to) > SILENT_MS;
  }

  private void run() {
    while (!closed) {
      Socket open = new Socket();
      try {
        open.setTcpNoDelay(true);
        // by address of this moment: a member may have moved
        open.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MS);
        Frames frames = Frames.call(open, key, self, to, deadline);
        waiting.clear();
        connectedNanos = System.nanoTime();
        socket = open;
        while (!closed) {
          frames.write(waiting.take());
        }
      } catch (IOException e) {
        LOG.debug("no connection to {}", address, e);
      } catch (InterruptedException e) {
        return;
      } finally {
        socket = null;
        reset(open);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    Socket open = socket;
    if (open != null) {
      reset(open);
    }
  }

  /** Resets the connection: only the end of this process closes it in order. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection doesn't close", e);
    }
  }
}
