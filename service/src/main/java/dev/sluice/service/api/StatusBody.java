package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Protocol 4.3. */
public final class StatusBody {

  private static final int MAX_FIELDS_BYTES = 256 * 1024;

  private static final String ATTEMPT = "attempt";

  private static final String COST = "totalCostUsd";

  /** A higher cost is an error and would close a queue. */
  private static final double MAX_COST_USD = 1_000_000;

  private static final List<String> FIELDS =
      List.of(
          "providerSessionId",
          "worktreePath",
          "provider",
          "error",
          COST,
          "inputTokens",
          "outputTokens",
          "reason",
          "summary",
          ATTEMPT,
          "terminalWorkareaLease");

  private static final List<String> TEXTS =
      List.of("providerSessionId", "worktreePath", "provider", "reason", "summary");

  private static final String STATUS =
      "must be one of: "
          + Arrays.stream(SessionState.values())
              .filter(SessionState::reportable)
              .map(SessionState::wire)
              .collect(Collectors.joining(", "));

  private StatusBody() {}

  public static StatusReport read(JsonBody body) {
    String status = body.string("status");
    SessionState target =
        Arrays.stream(SessionState.values())
            .filter(state -> state.reportable() && state.wire().equals(status))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("status", STATUS));
    TEXTS.forEach(body::string); // insists on well-formed text
    @Nullable Attempt attempt = attempt(body);
    body.requireFiniteNumbers(FIELDS);
    Double cost = body.number(COST, 0, MAX_COST_USD, "must be a number from 0 to 1000000");
    for (String tokens : List.of("inputTokens", "outputTokens")) {
      body.integer("must be a whole number, not negative", 0, Long.MAX_VALUE, tokens);
    }
    body.require("terminalWorkareaLease", JsonNodeType.OBJECT, "must be an object");
    TreeMap<String, String> fields = new TreeMap<>(body.raw(FIELDS));
    fields.forEach(
        (name, json) -> {
          if (json.getBytes(StandardCharsets.UTF_8).length > MAX_FIELDS_BYTES) {
            throw ApiException.tooLarge(name, MAX_FIELDS_BYTES);
          }
        });
    return new StatusReport(
        target, fields, cost == null ? -1 : Math.round(cost * 1_000_000), attempt);
  }

  /** An empty attempt counts as absent, as older clients send it. */
  private static @Nullable Attempt attempt(JsonBody body) {
    if (!body.has(ATTEMPT) || String.valueOf(body.string(ATTEMPT)).isEmpty()) {
      return null;
    }
    return new Attempt(body.requiredName(ATTEMPT), CanonicalJson.hash(body));
  }
}
