package dev.sluice.service.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes posts on sockets, so that it may answer whatever a test wants. */
public final class Receiver implements AutoCloseable {

  /** Writes the answer to a post. */
  public interface Answer {
    void to(Post post, OutputStream out) throws Exception;
  }

  /** Names of headers are in lower case. */
  public record Post(String path, Map<String, String> headers, byte[] body) {

    public String id() {
      return headers.get("webhook-id");
    }

    public String text() {
      return new String(body, UTF_8);
    }

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final ServerSocket socket;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Answer answer = status(204);

  public Receiver() {
    try {
      socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(this::accept);
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  public static Answer status(int status, String... headers) {
    String head = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n";
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return (post, out) -> out.write((head + more + "\r\n").getBytes(ISO_8859_1));
  }

  public void answer(Answer next) {
    answer = next;
  }

  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/hook?token=secret-of-the-path";
  }

  public List<Post> posts() {
    return posts;
  }

  public int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        run(() -> serve(client));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String first;
      while (!(first = line(in)).isEmpty()) {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        Post post = new Post(first.split(" ")[1], headers, body);
        posts.add(post);
        answer.to(post, client.getOutputStream());
        client.getOutputStream().flush();
      }
    } catch (Exception e) {
      // the sender has gone
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
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
