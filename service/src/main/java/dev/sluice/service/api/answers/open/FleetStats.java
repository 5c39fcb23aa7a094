package dev.sluice.service.api.answers.open;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PublicAnswers;
import dev.sluice.service.api.answers.PublicStats;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * @param providers of today's ended and of claimed sessions, the highest cost first
 */
public record FleetStats(
    @JsonUnwrapped PublicStats stats, List<Machine> machines, List<Provider> providers) {

  private static final String UNKNOWN = "\"unknown\"";

  /** {@code provider} is {@code unknown} unless reported. */
  public record Provider(RawJson provider, RawJson costUsd, int sessions) {

    public static List<Provider> of(List<Session> sessions) {
      Map<String, List<Session>> named =
          sessions.stream()
              .collect(
                  Collectors.groupingBy(each -> each.fields().getOrDefault("provider", UNKNOWN)));
      return named.entrySet().stream()
          .sorted(
              Comparator.<Map.Entry<String, List<Session>>>comparingLong(
                      each -> -microUsd(each.getValue()))
                  .thenComparing(Map.Entry::getKey))
          .map(
              each ->
                  new Provider(
                      new RawJson(each.getKey()),
                      PublicAnswers.usd(microUsd(each.getValue())),
                      each.getValue().size()))
          .toList();
    }

    private static long microUsd(List<Session> sessions) {
      return sessions.stream().mapToLong(Session::costMicroUsd).sum();
    }
  }
}
