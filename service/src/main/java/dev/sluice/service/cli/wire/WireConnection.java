package dev.sluice.service.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive HTTP/1.1 connection over a plain socket, with one request in flight.
 *
 * <p>Not the JDK's client, because what the tool spends is taken from the server that it measures
 * on the same machine: that client costs about 100 us of CPU a request (selector thread, executor,
 * futures, header maps), more than the server's own share of an empty poll. Here a request is one
 * write, and an answer is one or two reads into a buffer that is kept.
 *
 * <p>It knows what servers of the protocol answer: bodies with a length, in chunks or up to the end
 * of the connection. No redirects, compression, TLS, trailers or upgrades. It opens itself with the
 * first request, again after a failure and after the server's {@code Connection: close}, but never
 * repeats a request: only the caller knows whether that is harmless. Not thread-safe.
 */
public final class WireConnection implements Closeable {

  /** No body, and no {@code Content-Type} with it. */
  public static final byte[] NO_BODY = {};

  private static final int MAX_HEAD_BYTES = 64 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  /** Servers drop idle connections, some after 5 s, and the next request would die on the way. */
  private static final long TRUST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final String host;
  private final int port;
  private final String basePath;
  private final String fixedHeaders;
  private final int timeoutMs;

  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private final byte[] buffer = new byte[MAX_HEAD_BYTES];
  private int position;
  private int limit;
  private long lastUsed;
  private long requests;

  /**
   * @param server {@code http://host[:port][/base]}
   * @param timeout how long one read may wait for the server's next bytes
   */
  public WireConnection(URI server, Duration timeout) {
    this.host = server.getHost();
    this.port = server.getPort() < 0 ? 80 : server.getPort();
    String path = server.getRawPath() == null ? "" : server.getRawPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.fixedHeaders =
        "Host: "
            + server.getRawAuthority()
            + "\r\nUser-Agent: sluice-bench\r\n"
            + "Accept: application/json\r\n";
    this.timeoutMs = Math.toIntExact(timeout.toMillis());
  }

  /** How many requests were written so far. */
  public long requests() {
    return requests;
  }

  /**
   * Sends one request and reads the whole answer, whatever its status.
   *
   * @param path beginning with {@code /}, percent-encoded, put behind the base path
   * @param bearer the credential, in visible ASCII
   * @throws IOException naming the request, if there is no complete answer; whether the server
   *     acted on the request is then unknown, and the connection is closed
   */
  public WireAnswer exchange(String method, String path, String bearer, byte[] body)
      throws IOException {
    boolean answered = false;
    try {
      if (socket != null && System.nanoTime() - lastUsed > TRUST_IDLE_NANOS) {
        close();
      }
      if (socket == null) {
        open();
      }
      send(method, path, bearer, body);
      WireAnswer answer = receive();
      answered = true;
      lastUsed = System.nanoTime();
      return answer;
    } catch (SocketTimeoutException e) {
      throw new IOException(
          method + " " + path + ": no answer from " + host + ":" + port + " in time", e);
    } catch (IOException e) {
      throw new IOException(method + " " + path + ": " + e.getMessage(), e);
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private void open() throws IOException {
    Socket fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.setSoTimeout(timeoutMs);
      fresh.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
    } catch (IOException e) {
      fresh.close();
      throw new IOException("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
    }
    socket = fresh;
    in = fresh.getInputStream();
    out = fresh.getOutputStream();
    position = 0;
    limit = 0;
  }

  /** Head and body leave in one write: one packet where they fit. */
  private void send(String method, String path, String bearer, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(basePath).append(path).append(" HTTP/1.1\r\n");
    head.append(fixedHeaders).append("Authorization: Bearer ").append(bearer).append("\r\n");
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    if (body.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    requests++;
    out.write(all);
  }

  private WireAnswer receive() throws IOException {
    int status;
    long length;
    boolean chunked;
    boolean last;
    do {
      int budget = MAX_HEAD_BYTES;
      String statusLine = line();
      status = status(statusLine);
      length = -1;
      chunked = false;
      last = statusLine.startsWith("HTTP/1.0");
      for (String line = line(); !line.isEmpty(); line = line()) {
        budget -= line.length();
        if (budget < 0) {
          throw new IOException("the answer's head is over " + MAX_HEAD_BYTES + " bytes");
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (name.equalsIgnoreCase("Content-Length")) {
          length = number(value, 10);
        } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
          chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        } else if (name.equalsIgnoreCase("Connection")) {
          last = !value.equalsIgnoreCase("keep-alive") && (last || value.equalsIgnoreCase("close"));
        }
      }
    } while (status < 200); // "100 Continue" and kin announce the real answer

    byte[] body;
    if (status == 204 || status == 304) {
      body = NO_BODY;
    } else if (chunked) {
      body = chunks();
    } else if (length >= 0) {
      body = new byte[(int) length];
      read(body, 0);
    } else {
      body = rest();
      last = true;
    }
    if (last) {
      close();
    }
    return new WireAnswer(status, body);
  }

  private static int status(String statusLine) throws IOException {
    // "HTTP/1.1 200 OK"
    if (!statusLine.startsWith("HTTP/1.") || statusLine.length() < 12) {
      throw new IOException("this is not HTTP/1.1: " + printable(statusLine));
    }
    return (int) number(statusLine.substring(9, 12), 10);
  }

  private byte[] chunks() throws IOException {
    byte[] body = NO_BODY;
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      int size = (int) number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0) {
        while (!line().isEmpty()) {
          // trailers say nothing here
        }
        return body;
      }
      int before = body.length;
      if (before + (long) size > MAX_BODY_BYTES) {
        throw new IOException("the answer is over " + MAX_BODY_BYTES + " bytes");
      }
      body = Arrays.copyOf(body, before + size);
      read(body, before);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
    }
  }

  private byte[] rest() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    do {
      body.write(buffer, position, limit - position);
      position = limit;
      if (body.size() > MAX_BODY_BYTES) {
        throw new IOException("the answer is over " + MAX_BODY_BYTES + " bytes");
      }
    } while (fill());
    return body.toByteArray();
  }

  private void read(byte[] target, int from) throws IOException {
    int done = from + Math.min(target.length - from, limit - position);
    System.arraycopy(buffer, position, target, from, done - from);
    position += done - from;
    while (done < target.length) {
      int n = in.read(target, done, target.length - done);
      if (n < 0) {
        throw new IOException("the server closed the connection within its answer");
      }
      done += n;
    }
  }

  /** The next line of a head or between chunks, without its end. */
  private String line() throws IOException {
    int length = 0;
    while (true) {
      while (position + length < limit) {
        if (buffer[position + length] == '\n') {
          boolean crLf = length > 0 && buffer[position + length - 1] == '\r';
          int text = crLf ? length - 1 : length;
          String line = new String(buffer, position, text, StandardCharsets.ISO_8859_1);
          position += length + 1;
          return line;
        }
        length++;
      }
      if (limit == buffer.length) {
        System.arraycopy(buffer, position, buffer, 0, length);
        position = 0;
        limit = length;
      }
      if (limit == buffer.length) {
        throw new IOException("a line of the answer's head is over " + MAX_HEAD_BYTES + " bytes");
      }
      if (!fill()) {
        throw new IOException("the server closed the connection before its answer was complete");
      }
    }
  }

  /** Reads what there is; false at the end of the connection. */
  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = 0;
    }
    int n = in.read(buffer, limit, buffer.length - limit);
    if (n > 0) {
      limit += n;
    }
    return n > 0;
  }

  private static long number(String digits, int radix) throws IOException {
    long number;
    try {
      number = Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      throw new IOException("this should be a number: " + printable(digits), e);
    }
    if (number < 0 || number > MAX_BODY_BYTES) {
      throw new IOException("the answer is over " + MAX_BODY_BYTES + " bytes");
    }
    return number;
  }

  private static String printable(String text) {
    String start = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return '"' + start.replaceAll("[^\\x20-\\x7e]", "?") + '"';
  }

  /** Closes the socket, if it is open; the next request opens another. */
  @Override
  public void close() {
    Socket old = socket;
    socket = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // nothing is waiting for this one any more
      }
    }
  }
}
