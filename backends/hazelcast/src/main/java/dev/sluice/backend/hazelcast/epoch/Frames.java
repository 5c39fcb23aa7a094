package dev.sluice.backend.hazelcast.epoch;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * Frames of one direction of a connection: size, payload, signature. The caller begins with its
 * seat, the other's, and a nonce; the listener answers with its own.
 */
final class Frames {

  /** More than a whole log of Raft. */
  static final int MAX_PAYLOAD = 1 << 20;

  private static final byte[] HELLO = {'S', 'L', 'E', '1'};
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Socket socket;
  private final PeerKey key;
  private final int from;
  private long number;

  private Frames(Socket socket, PeerKey key, int from) {
    this.socket = socket;
    this.key = key;
    this.from = from;
  }

  static Frames call(Socket socket, PeerKey shared, int from, int to, long deadlineNanos)
      throws IOException {
    byte[] nonce = nonce();
    ByteBuffer hello = ByteBuffer.allocate(HELLO.length + 2 + nonce.length);
    hello.put(HELLO).put((byte) from).put((byte) to).put(nonce);
    socket.getOutputStream().write(hello.array());
    byte[] other = read(socket, PeerKey.NONCE, deadlineNanos);
    return new Frames(socket, shared.ofConnection(from, to, nonce, other), from);
  }

  static Frames accept(Socket socket, PeerKey shared, int self, long deadlineNanos)
      throws IOException {
    byte[] hello = read(socket, HELLO.length + 2 + PeerKey.NONCE, deadlineNanos);
    ByteBuffer about = ByteBuffer.wrap(hello);
    byte[] magic = new byte[HELLO.length];
    byte[] nonce = new byte[PeerKey.NONCE];
    about.get(magic);
    int from = about.get();
    int to = about.get();
    about.get(nonce);
    if (!MessageDigest.isEqual(magic, HELLO) || to != self || from == self) {
      throw new IOException("no member of this cluster");
    }
    byte[] own = nonce();
    socket.getOutputStream().write(own);
    return new Frames(socket, shared.ofConnection(from, to, nonce, own), from);
  }

  /** The seat that the caller claims; proven by the first frame. */
  int from() {
    return from;
  }

  void write(byte[] payload) throws IOException {
    if (payload.length > MAX_PAYLOAD) {
      throw new IOException("a frame of " + payload.length + " bytes");
    }
    byte[] signature = key.sign(number++, payload);
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + payload.length + signature.length);
    frame.putInt(payload.length).put(payload).put(signature);
    OutputStream out = socket.getOutputStream();
    out.write(frame.array());
    out.flush();
  }

  /**
   * @throws IOException if it isn't there in time, is too large, or isn't signed by the caller
   */
  byte[] read(long deadlineNanos) throws IOException {
    int size = ByteBuffer.wrap(read(socket, Integer.BYTES, deadlineNanos)).getInt();
    if (size < 0 || size > MAX_PAYLOAD) {
      throw new IOException("a frame of " + size + " bytes");
    }
    byte[] payload = read(socket, size, deadlineNanos);
    byte[] signature = read(socket, PeerKey.SIGNATURE, deadlineNanos);
    if (!MessageDigest.isEqual(signature, key.sign(number++, payload))) {
      throw new IOException("not signed by a member of this cluster");
    }
    return payload;
  }

  /** Allocates what has come, so a size alone costs nothing. */
  private static byte[] read(Socket socket, int size, long deadlineNanos) throws IOException {
    InputStream in = new DataInputStream(socket.getInputStream());
    byte[] bytes = new byte[Math.min(size, 4_096)];
    int have = 0;
    while (have < size) {
      if (have == bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, Math.min(size, 2 * bytes.length));
      }
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      if (leftMs <= 0) {
        throw new SocketTimeoutException("too slow");
      }
      socket.setSoTimeout((int) Math.min(leftMs, Integer.MAX_VALUE));
      int read = in.read(bytes, have, bytes.length - have);
      if (read < 0) {
        throw new EOFException();
      }
      have += read;
    }
    return bytes;
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[PeerKey.NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }
}
