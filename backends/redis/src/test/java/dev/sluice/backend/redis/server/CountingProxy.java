package dev.sluice.backend.redis.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between client and server and notes the name of every request that passes. */
public final class CountingProxy implements AutoCloseable {

  private final int serverPort;
  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  public CountingProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public String uri() {
    return "redis://127.0.0.1:" + listening.getLocalPort() + "/0";
  }

  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(server);
      daemon(() -> server.getInputStream().transferTo(client.getOutputStream()));
      daemon(() -> pass(client.getInputStream(), server.getOutputStream()));
    }
  }

  /** A request is {@code *count}, then as often {@code $length} and that many bytes. */
  private void pass(InputStream client, OutputStream server) throws IOException {
    BufferedInputStream in = new BufferedInputStream(client);
    BufferedOutputStream out = new BufferedOutputStream(server);
    while (true) {
      int arguments = header(in, out);
      for (int i = 0; i < arguments; i++) {
        byte[] argument = in.readNBytes(header(in, out) + 2);
        out.write(argument);
        if (i == 0) {
          requests.add(new String(argument, StandardCharsets.US_ASCII).strip());
        }
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private static int header(InputStream in, OutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      out.write(b);
      line.append((char) b);
    }
    out.write('\n');
    return Integer.parseInt(line.substring(1).strip());
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void daemon(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // one side closed the connection: so it ends
              }
            },
            "counting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
