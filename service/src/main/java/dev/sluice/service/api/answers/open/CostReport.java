package dev.sluice.service.api.answers.open;

import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PublicAnswers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums over the latest claims of sessions, as reported. */
public record CostReport(
    int totalSessions,
    long sessionsWithCostData,
    RawJson totalCostUsd,
    long totalInputTokens,
    long totalOutputTokens) {

  public static CostReport of(List<Session> sessions) {
    return new CostReport(
        sessions.size(),
        sessions.stream().filter(each -> each.fields().containsKey("totalCostUsd")).count(),
        PublicAnswers.usd(sessions.stream().mapToLong(Session::costMicroUsd).sum()),
        tokens(sessions, "inputTokens"),
        tokens(sessions, "outputTokens"));
  }

  private static long tokens(List<Session> sessions, String field) {
    return sessions.stream()
        .mapToLong(each -> whole(each.fields().get(field)))
        .reduce(0, (sum, more) -> sum + more < 0 ? Long.MAX_VALUE : sum + more);
  }

  private static long whole(@Nullable String json) {
    return json == null ? 0 : Long.parseLong(json);
  }
}
