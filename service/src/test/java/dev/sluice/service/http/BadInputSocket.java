package dev.sluice.service.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection for what no HTTP client would send. */
public final class BadInputSocket implements AutoCloseable {

  private static final int HANGS_MS = 10_000;
  private static final int SMALL_WINDOW = 2_048;

  private final Socket socket;
  private final InputStream in;

  public BadInputSocket(SluiceServer server) {
    this(server, 0);
  }

  /** Receives little before it is read, so that less waits for it unread: some 2 MB. */
  public static BadInputSocket withSmallWindow(SluiceServer server) {
    return new BadInputSocket(server, SMALL_WINDOW);
  }

  private BadInputSocket(SluiceServer server, int window) {
    try {
      socket = new Socket();
      if (window > 0) {
        socket.setReceiveBufferSize(window);
      }
      socket.connect(new InetSocketAddress("127.0.0.1", URI.create(server.url()).getPort()));
      socket.setSoTimeout(HANGS_MS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Answer ask(SluiceServer server, String head, byte... body) {
    try (BadInputSocket socket = new BadInputSocket(server)) {
      return socket.send(head, body).endOfRequest().answer();
    }
  }

  public static String head(
      String method, String path, @Nullable String bearer, String... headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: sluice\r\n"
        + (bearer == null ? "" : "Authorization: Bearer " + bearer + "\r\n")
        + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList())
        + "\r\n";
  }

  public BadInputSocket send(String head, byte... body) {
    try {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write(head.getBytes(StandardCharsets.ISO_8859_1));
      request.write(body);
      socket.getOutputStream().write(request.toByteArray()); // what fits arrives at once
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BadInputSocket endOfRequest() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True if an answer has begun to arrive. */
  public boolean isAnswered() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer answer() {
    try {
      String statusLine = line(in);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(line.substring(0, colon), List.of(line.substring(colon + 1).strip()));
      }
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).get(0));
      byte[] bytes = headers.containsKey("Transfer-Encoding") ? chunks(in) : in.readNBytes(length);
      String body = new String(bytes, StandardCharsets.UTF_8);
      return new Answer(
          Integer.parseInt(statusLine.split(" ", 3)[1]),
          HttpHeaders.of(headers, (name, value) -> true),
          body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = -1; length != 0; line(in)) {
      length = Integer.parseInt(line(in), 16);
      body.write(in.readNBytes(length));
    }
    return body.toByteArray();
  }

  public boolean closed() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed within an answer, behind: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
