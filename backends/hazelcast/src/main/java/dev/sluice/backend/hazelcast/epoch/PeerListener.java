package dev.sluice.backend.hazelcast.epoch;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of members. A stranger gets three seconds, a thread and some kilobytes; the oldest
 * goes when there are too many.
 */
final class PeerListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeerListener.class);

  private static final int MAX_STRANGERS = 16;
  private static final long STRANGER_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Members say something five times a second. */
  private static final long MEMBER_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final ServerSocket server;
  private final int self;
  private final int seats;
  private final PeerKey key;
  private final Peers.Receiver receiver;
  private final Deque<Socket> strangers = new ArrayDeque<>();
  private final Map<Integer, Socket> members = new HashMap<>();
  private boolean closed;

  PeerListener(InetSocketAddress address, int self, int seats, PeerKey key, Peers.Receiver receiver)
      throws IOException {
    this.self = self;
    this.seats = seats;
    this.key = key;
    this.receiver = receiver;
    server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(
          new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort()),
          MAX_STRANGERS);
    } catch (IOException e) {
      server.close();
      throw new IOException("can't listen on " + address + ": " + e.getMessage(), e);
    }
  }

  void start() {
    start(this::accept, "sluice-epoch-accept");
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        admit(socket);
        start(() -> serve(socket), "sluice-epoch-from");
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("a connection can't be accepted", e);
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100); // out of files, maybe
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void admit(Socket socket) {
    if (strangers.size() >= MAX_STRANGERS) {
      close(strangers.pollFirst());
    }
    strangers.addLast(socket);
    if (closed) {
      close(socket);
    }
  }

  private synchronized void promote(Socket socket, int seat) {
    strangers.remove(socket);
    close(members.put(seat, socket));
  }

  private synchronized boolean current(Socket socket, int seat) {
    return socket.equals(members.get(seat)) && !socket.isClosed();
  }

  private synchronized void forget(Socket socket) {
    strangers.remove(socket);
    members.values().remove(socket);
    close(socket);
  }

  private void serve(Socket socket) {
    int member = Seat.NONE;
    try {
      long deadline = System.nanoTime() + STRANGER_NANOS;
      Frames frames = Frames.accept(socket, key, self, deadline);
      int from = frames.from();
      if (from < 0 || from >= seats) {
        throw new IOException("no member of this cluster");
      }
      byte[] message = frames.read(deadline);
      promote(socket, from);
      member = from;
      while (true) {
        receiver.receive(from, message);
        message = frames.read(System.nanoTime() + MEMBER_NANOS);
      }
    } catch (EOFException e) {
      if (member != Seat.NONE && current(socket, member)) {
        receiver.ended(member); // a member itself only resets
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("a connection from {} ends", socket.getRemoteSocketAddress(), e);
    } finally {
      forget(socket);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("the listener doesn't close", e);
    }
    strangers.forEach(PeerListener::close);
    members.values().forEach(PeerListener::close);
  }

  private static void close(@Nullable Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection doesn't close", e);
    }
  }
}
