package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.FieldText;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a status report. */
public final class StatusBody {

  private static final int MAX_FIELDS_BYTES = 256 * 1024;

  private static final String ATTEMPT = "attempt";

  private static final String COST = "totalCostUsd";

  /** Characters of a refusal that is kept. */
  private static final int MAX_REFUSAL = 4_096;

  private static final String REFUSAL = "executionSecurityRefusal";

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

  private final long maxCostUsd;

  /**
   * @param maxCostUsd highest cost of a session: a higher one is an error, which would close a
   *     queue and spoil the figures
   */
  public StatusBody(long maxCostUsd) {
    this.maxCostUsd = maxCostUsd;
  }

  /** Cuts a cost that is too high, so that the report itself isn't lost. */
  public StatusReport read(JsonBody body) {
    String status = body.string("status");
    SessionState target =
        Arrays.stream(SessionState.values())
            .filter(state -> state.reportable() && state.wire().equals(status))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("status", STATUS));
    TEXTS.forEach(body::string); // insists on well-formed text
    @Nullable Attempt attempt = attempt(body);
    body.requireFiniteNumbers(FIELDS);
    @Nullable Double cost = cost(body);
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
    @Nullable String mode = cause(body, Failure.FIELD);
    if (mode != null) {
      fields.put(Failure.FIELD, TextNode.valueOf(mode).toString());
    }
    @Nullable String refusal = refusal(body);
    if (refusal != null) {
      fields.putAll(body.raw(List.of(REFUSAL)));
    }
    @Nullable String cause = refusal == null ? mode : refusal;
    if (cost != null && cost > maxCostUsd) {
      cost = (double) maxCostUsd;
      fields.put(COST, String.valueOf(maxCostUsd));
    }
    return new StatusReport(
        target,
        fields,
        cost == null ? -1 : Math.round(cost * 1_000_000),
        attempt,
        cause == null ? null : Failure.of(cause));
  }

  /** False for most reports, whose bodies need no second look. */
  public boolean maybeCut(StatusReport report) {
    return report.costMicroUsd() == maxCostUsd * 1_000_000;
  }

  /** Returns the cost as reported if it is too high, else null. */
  public @Nullable Double cut(JsonBody body) {
    @Nullable Double cost = cost(body);
    return cost == null || cost <= maxCostUsd ? null : cost;
  }

  private static @Nullable Double cost(JsonBody body) {
    return body.number(COST, 0, Double.MAX_VALUE, "must be a number, not negative");
  }

  /**
   * Returns a cause of a failure; null for anything else, since a refusal would be the end of the
   * report, and the claim would hang until its lease is over.
   */
  private static @Nullable String cause(JsonBody body, String member) {
    @Nullable String json = body.raw(member);
    return json == null || !json.startsWith("\"") ? null : Failure.cause(FieldText.of(json));
  }

  /** Returns the code of a refusal of security levels; null if there is none. */
  private static @Nullable String refusal(JsonBody body) {
    String json = body.raw(REFUSAL);
    return json == null
            || json.length() > MAX_REFUSAL
            || !json.startsWith("{")
            || !JsonText.isFinite(json)
        ? null
        : cause(JsonBody.parse(json), "code");
  }

  /** An empty attempt counts as absent, as older clients send it. */
  private static @Nullable Attempt attempt(JsonBody body) {
    if (!body.has(ATTEMPT) || String.valueOf(body.string(ATTEMPT)).isEmpty()) {
      return null;
    }
    return new Attempt(body.requiredName(ATTEMPT), CanonicalJson.hash(body));
  }
}
