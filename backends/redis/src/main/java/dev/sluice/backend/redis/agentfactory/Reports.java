package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.ToolUse;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The report fields in a session of the other server. */
final class Reports {

  private static final List<String> TEXTS =
      List.of("providerSessionId", "worktreePath", "provider");
  private static final List<String> COUNTS = List.of("inputTokens", "outputTokens");
  private static final String COST = "totalCostUsd";

  /** A higher cost is an error. */
  private static final double MAX_COST_USD = 1_000_000;

  private Reports() {}

  static SortedMap<String, String> fields(SourceSession session) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (String member : TEXTS) {
      String text = session.text(member);
      if (text != null && !text.isEmpty()) {
        put(session, member, fields);
      }
    }
    String old = session.text("claudeSessionId");
    if (old != null && !old.isEmpty() && !fields.containsKey(TEXTS.get(0))) {
      fields.put(TEXTS.get(0), session.json().get("claudeSessionId").toString());
    }
    for (String member : COUNTS) {
      if (Json.count(session.json(), member) >= 0 && Json.isInteger(session.json(), member)) {
        put(session, member, fields);
      }
    }
    if (hasCost(session)) {
      put(session, COST, fields);
    }
    return fields;
  }

  private static void put(SourceSession session, String member, SortedMap<String, String> fields) {
    JsonNode value = session.json().get(member);
    fields.put(member, value.toString());
  }

  private static boolean hasCost(SourceSession session) {
    double cost = Json.number(session.json(), COST);
    return cost >= 0 && cost <= MAX_COST_USD;
  }

  static long costMicroUsd(SourceSession session) {
    return hasCost(session)
        ? QueueLimits.microUsd(BigDecimal.valueOf(Json.number(session.json(), COST)))
        : 0;
  }

  static @Nullable ToolUse tools(SourceSession session, long now) {
    String name = Json.name(session.json(), "lastToolName");
    long count = Json.count(session.json(), "toolCallCount");
    long at = Json.time(session.json(), "lastToolCalledAt");
    return name == null || count <= 0 || at == 0
        ? null
        : new ToolUse(name, Math.min(at, now), count);
  }
}
