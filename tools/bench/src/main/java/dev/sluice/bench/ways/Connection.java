package dev.sluice.bench.ways;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A connection of HTTP/1.1, which costs the machine less than a client of the library. */
final class Connection implements AutoCloseable {

  private static final String CHUNKED = "transfer-encoding: chunked";
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A call as a worker sends it; an empty body is none. */
  record Request(String verb, String path, String bearer, String body) {

    byte[] bytes(String accept) {
      String head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept: %s\r\n"
              .formatted(verb, path, bearer, accept);
      String typed =
          body.isEmpty()
              ? ""
              : "Content-Type: application/json\r\nContent-Length: %d\r\n"
                  .formatted(body.getBytes(UTF_8).length);
      return (head + typed + "\r\n" + body).getBytes(UTF_8);
    }
  }

  record Response(int status, String body) {}

  Response send(Request request, String accept) throws IOException {
    socket.getOutputStream().write(request.bytes(accept));
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      chunked |= header.equals(CHUNKED);
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    byte[] body = chunked ? chunks() : in.readNBytes(length);
    return new Response(Integer.parseInt(status.split(" ")[1]), new String(body, UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      all.write(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
