package dev.sluice.admin.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.admin.AdminServer;
import dev.sluice.admin.Visitor;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

final class EventTab implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> end;
  final HttpResponse<Stream<String>> response;

  private EventTab(HttpResponse<Stream<String>> response) {
    this.response = response;
    this.end = CompletableFuture.runAsync(this::read, task -> new Thread(task, "tab").start());
  }

  static EventTab open(AdminServer server, Visitor visitor) throws Exception {
    return open(server.request("/admin/events", visitor));
  }

  static EventTab open(HttpRequest.Builder request) throws Exception {
    return new EventTab(HTTP.send(request.GET().build(), HttpResponse.BodyHandlers.ofLines()));
  }

  private void read() {
    try (Stream<String> all = response.body()) {
      all.forEach(lines::add);
    } catch (UncheckedIOException e) {
      // closed by the test, or cut off
    }
  }

  int status() {
    return response.statusCode();
  }

  JsonNode next() throws InterruptedException, JsonProcessingException {
    String line = line();
    while (!line.startsWith("data: ")) {
      line = line();
    }
    return JSON.readTree(line.substring("data: ".length()));
  }

  String line() throws InterruptedException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing came");
    }
    return line;
  }

  BlockingQueue<String> ended() throws InterruptedException, ExecutionException, TimeoutException {
    end.get(10, TimeUnit.SECONDS);
    return lines;
  }

  @Override
  public void close() {
    response.body().close();
  }
}
