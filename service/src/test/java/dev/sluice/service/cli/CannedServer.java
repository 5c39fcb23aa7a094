package dev.sluice.service.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with prepared bytes: one script a connection, one answer a request. */
public final class CannedServer implements Closeable {

  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

  private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  public CannedServer() throws IOException {
    Thread thread = new Thread(this::serve, "canned-server");
    thread.setDaemon(true);
    thread.start();
  }

  public static final class Script {
    private final List<String> answers;
    private volatile boolean hangsUp;

    private Script(List<String> answers) {
      this.answers = answers;
    }

    /** Closes the connection after the last answer; otherwise it stays open and silent. */
    public void hangsUp() {
      hangsUp = true;
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/base/");
  }

  public Script answers(String... answers) {
    Script script = new Script(List.of(answers));
    scripts.add(script);
    return script;
  }

  public String request() {
    return requests.remove();
  }

  public int connections() {
    return connections.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Script script = scripts.remove();
        for (String answer : script.answers) {
          requests.add(read(socket.getInputStream()));
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
        if (script.hangsUp) {
          socket.close();
        }
      } catch (IOException e) {
        // the test closed its end
      }
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(body), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
