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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between client and server, notes the name of every request that passes, and cuts
 * connections after a script has run.
 */
public final class CountingProxy implements AutoCloseable {

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  private final int serverPort;
  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> cutOff = new CopyOnWriteArrayList<>();
  private volatile String cutKeys = "";
  private volatile int cuts;
  private volatile List<String> lastCut = List.of();

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
    return "redis://127.0.0.1:" + port() + "/0";
  }

  public int port() {
    return listening.getLocalPort();
  }

  /**
   * Cuts the connection instead of passing the answer to a function on, but passes the answer to
   * the same request after it.
   *
   * @param keys begin of the first key of these functions
   * @param most functions to be cut off; 0 for none from now on
   */
  public void cutOff(String keys, int most) {
    cutKeys = keys;
    cuts = most;
  }

  /** Names of the functions that were cut off; of several calls that of the first one. */
  public List<String> cutOff() {
    return List.copyOf(cutOff);
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
      AtomicReference<List<String>> toCut = new AtomicReference<>();
      daemon(() -> answer(server, client, toCut));
      daemon(() -> pass(client.getInputStream(), server.getOutputStream(), toCut));
    }
  }

  private void answer(Socket server, Socket client, AtomicReference<List<String>> toCut)
      throws IOException {
    byte[] some = new byte[64 * 1024];
    for (int read; (read = server.getInputStream().read(some)) >= 0; ) {
      List<String> request = toCut.getAndSet(null);
      if (request != null
          && !new String(some, 0, read, LATIN).startsWith("-ERR Function not found")) {
        cutOff.add(request.get(1).endsWith("_calls") ? request.get(5) : request.get(1));
        lastCut = request;
        cuts--;
        client.close();
        return;
      }
      client.getOutputStream().write(some, 0, read);
    }
  }

  /** A request is {@code *count}, then as often {@code $length} and that many bytes. */
  private void pass(InputStream client, OutputStream server, AtomicReference<List<String>> toCut)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(client);
    BufferedOutputStream out = new BufferedOutputStream(server);
    while (true) {
      List<String> request = new ArrayList<>();
      int arguments = header(in, out);
      for (int i = 0; i < arguments; i++) {
        byte[] argument = in.readNBytes(header(in, out) + 2);
        out.write(argument);
        request.add(new String(argument, LATIN).strip());
      }
      requests.add(request.get(0));
      if (isToBeCut(request)) {
        toCut.set(request);
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private boolean isToBeCut(List<String> request) {
    return cuts > 0
        && request.get(0).equals("FCALL")
        && request.get(3).startsWith(cutKeys)
        && !request.equals(lastCut);
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
