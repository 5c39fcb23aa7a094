package dev.sluice.service.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs before everything else: serves the calls below {@code /emulator/}, and lets other calls meet
 * faults.
 */
public final class EmulatorHandler extends Handler.Wrapper {

  private static final Duration LONGEST = Duration.ofDays(31);

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Passing passing;
  private final Faults faults = new Faults();
  private final LostAnswers lost = new LostAnswers();

  public EmulatorHandler(Passing passing) {
    this.passing = passing;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.startsWith("/emulator/")) {
      control(path, request, response, callback);
      return true;
    }
    Fault fault = lost.repeats(request) ? null : faults.take(request.getMethod(), path);
    if (fault == null) {
      return super.handle(request, response, callback);
    }
    switch (fault.fault()) {
      case LOST -> lost.lose(request, callback);
      case REVOKED ->
          error(response, callback, 401, "Invalid or missing API key", "invalid-credential");
      case UNAVAILABLE -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, String.valueOf(fault.retryAfter()));
        error(response, callback, 503, "The emulator was asked for this fault", "busy");
      }
      case SLOW -> {
        Thread.sleep(fault.delayMs() == null ? 0 : fault.delayMs());
        return super.handle(request, response, callback);
      }
    }
    return true;
  }

  private void control(String path, Request request, Response response, Callback callback)
      throws Exception {
    String call = request.getMethod() + " " + path;
    try {
      switch (call) {
        case "GET /emulator/clock" -> {}
        case "POST /emulator/clock" -> passing.pass(duration(body(request)));
        case "GET /emulator/faults" -> {}
        case "POST /emulator/faults" -> faults.add(MAPPER.treeToValue(body(request), Fault.class));
        case "DELETE /emulator/faults" -> faults.clear();
        default -> {
          error(response, callback, 404, "The emulator has no " + call, "no-such-path");
          return;
        }
      }
      write(response, callback, 200, Map.of("now", passing.nowMs(), "faults", faults.left()));
    } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
      error(response, callback, 400, words(e), "invalid-field");
    }
  }

  private static String words(Exception problem) {
    String words =
        problem instanceof JsonProcessingException json && json.getCause() == null
            ? json.getOriginalMessage()
            : problem.getCause() == null ? problem.getMessage() : problem.getCause().getMessage();
    return String.valueOf(words);
  }

  private static JsonNode body(Request request) throws Exception {
    return MAPPER.readTree(Content.Source.asString(request));
  }

  private static Duration duration(JsonNode body) {
    Duration duration = Duration.parse(body.path("advance").asText());
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("advance must be from PT0S to P31D");
    }
    return duration;
  }

  private static void error(
      Response response, Callback callback, int status, String text, String code)
      throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", text);
    body.put("message", text);
    body.put("code", code);
    write(response, callback, status, body);
  }

  private static void write(Response response, Callback callback, int status, Map<String, ?> body)
      throws JsonProcessingException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, MAPPER.writeValueAsString(body), callback);
  }
}
