package dev.sluice.service.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers 200 {@code {"ready": true}}, or 503 {@code {"ready": false, "reason": ...}}. */
final class StateServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String state;
  private final transient Supplier<@Nullable String> whyNot;

  StateServlet(String state, Supplier<@Nullable String> whyNot) {
    this.state = state;
    this.whyNot = whyNot;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String reason = whyNot.get();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(state, reason == null);
    if (reason != null) {
      body.put("reason", reason);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(JSON.writeValueAsBytes(body));
  }
}
