package dev.sluice.service.dispatch;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code requestId} is empty if the store was not asked. */
public record Polled(String requestId, PollResult result) {

  static final Polled NOTHING =
      new Polled(
          "",
          new PollResult(
              List.of(),
              List.of(),
              List.of(),
              Dialect.STANDARD,
              List.of(),
              List.of(),
              Projects.ALL,
              0,
              false));

  public boolean empty() {
    return result.work().isEmpty() && !toldOnce();
  }

  /** True if it holds messages or jobs, which count as delivered at the worker's next poll. */
  boolean toldOnce() {
    return !result.messages().isEmpty() || !result.batch().isEmpty();
  }

  Map<String, Long> claims() {
    return claimsFrom(0);
  }

  Map<String, Long> claimsFrom(int item) {
    return result.work().stream()
        .skip(item)
        .collect(Collectors.toMap(ClaimedWork::sessionId, ClaimedWork::token));
  }

  /** Without the items behind these, which wait again. */
  Polled first(int items) {
    return new Polled(
        requestId,
        new PollResult(
            result.work().subList(0, items),
            result.messages(),
            result.batch(),
            result.dialect(),
            result.capabilities(),
            result.repositories(),
            result.takes(),
            result.freeSlots(),
            true));
  }
}
