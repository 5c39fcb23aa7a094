package dev.sluice.service.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.service.LoopbackHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class ApiStub implements AutoCloseable {

  static final String KEY = "rsk_live_of_a_command";

  record Call(String method, String path, String body, @Nullable String idempotencyKey) {}

  record Reply(int status, String body) {}

  private final HttpServer server;
  private final List<Call> calls = new ArrayList<>();
  private final Function<Call, Reply> answers;

  ApiStub(Function<Call, Reply> answers) throws IOException {
    this.answers = answers;
    server = LoopbackHttp.create();
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      calls.add(call);
      boolean known =
          ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      Reply reply =
          known ? answers.apply(call) : new Reply(401, "{\"error\":\"e\",\"message\":\"bad key\"}");
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
