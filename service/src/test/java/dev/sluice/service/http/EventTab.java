package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A reader of {@code GET /api/events} as a stream. */
public final class EventTab implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String END = "the stream has ended";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final HttpResponse<Stream<String>> response;

  /** An event of the stream. */
  public record Told(String id, String type, JsonNode data) {}

  private EventTab(HttpResponse<Stream<String>> response) {
    this.response = response;
    new Thread(this::read, "event tab").start();
  }

  /** Opens a stream; {@code headers} are names and values. */
  public static EventTab open(SluiceServer server, String bearer, String query, String... headers)
      throws Exception {
    return open(
        server,
        query,
        Stream.concat(
                Stream.of("Accept", "text/event-stream", "Authorization", "Bearer " + bearer),
                Stream.of(headers))
            .toArray(String[]::new));
  }

  /** Makes the call with no headers but these. */
  public static EventTab open(SluiceServer server, String query, String[] headers)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/events" + query))
            .headers(headers)
            .build();
    return new EventTab(HTTP.send(request, HttpResponse.BodyHandlers.ofLines()));
  }

  private void read() {
    try (Stream<String> all = response.body()) {
      all.forEach(lines::add);
    } catch (UncheckedIOException | IllegalStateException e) {
      // cut off, or closed by the test, even before it began
    }
    lines.add(END);
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public String line() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing came");
    }
    return line;
  }

  public Told next() throws InterruptedException {
    String id = "";
    String type = "";
    for (String line = line(); !line.equals(END); line = line()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        return new Told(id, type, StrictJson.read(line.substring(6)));
      }
    }
    throw new AssertionError(END);
  }

  public List<Told> next(int count) throws InterruptedException {
    List<Told> all = new ArrayList<>();
    while (all.size() < count) {
      all.add(next());
    }
    return all;
  }

  /** Everything that is left of an answer that is no stream. */
  public String rest() throws InterruptedException {
    List<String> rest = new ArrayList<>();
    for (String line = line(); !line.equals(END); line = line()) {
      rest.add(line);
    }
    return rest.stream().collect(Collectors.joining("\n"));
  }

  /** Completes when the stream has ended. */
  public CompletableFuture<String> ended() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return rest();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public void close() {
    response.body().close();
  }
}
