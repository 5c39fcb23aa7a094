package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.PollResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a poll brought.
 *
 * @param requestId what it was asked for under; empty if the store wasn't asked
 */
public record Polled(String requestId, PollResult result) {

  /** Of a poll that came when nothing is handed out any more. */
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
              false,
              false));

  /** Whether it brought nothing at all. */
  public boolean empty() {
    return result.work().isEmpty() && !toldOnce();
  }

  /** Whether it brought what counts as delivered once the worker polls again. */
  boolean toldOnce() {
    return !result.messages().isEmpty() || !result.batch().isEmpty();
  }

  /** Its claims: session to token. */
  Map<String, Long> claims() {
    return result.work().stream()
        .collect(Collectors.toMap(ClaimedWork::sessionId, ClaimedWork::token));
  }
}
