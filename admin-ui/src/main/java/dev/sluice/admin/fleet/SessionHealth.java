package dev.sluice.admin.fleet;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import java.time.Duration;
import java.util.Locale;

/**
 * How a claimed session fares, by the thresholds of protocol 4.14; the worst first. Nothing is
 * taken from a worker for it: it is shown, so that somebody looks.
 */
public enum SessionHealth {
  /** Not accepted by its worker, or no new tool call, for too long. */
  STUCK,
  /** No call about it for too long. */
  SILENT,
  /** Running for very long. */
  SLOW,
  /** None of these. */
  OK;

  private static final Duration ACCEPT = Duration.ofMinutes(5);
  private static final Duration SIGN = Duration.ofSeconds(90);
  private static final Duration TOOL = Duration.ofMinutes(10);
  private static final Duration RUNNING = Duration.ofMinutes(45);

  /**
   * Of a session that a worker holds.
   *
   * @param now epoch ms
   */
  public static SessionHealth of(Claim claim, long now) {
    if (claim.acceptByMs() != 0 && now - claim.claimedAtMs() >= ACCEPT.toMillis()) {
      return STUCK;
    }
    if (claim.acceptByMs() == 0 && now - claim.lastSignMs() > SIGN.toMillis()) {
      return SILENT;
    }
    if (claim.state() != SessionState.RUNNING) {
      return OK;
    }
    ToolUse tools = claim.tools();
    if (tools != null && now - tools.lastAtMs() > TOOL.toMillis()) {
      return STUCK;
    }
    return now - claim.startedAtMs() > RUNNING.toMillis() ? SLOW : OK;
  }

  /** What makes a session fare so, in words. */
  public String means() {
    return switch (this) {
      case STUCK ->
          "not accepted within %d min, or no tool call for %d min"
              .formatted(ACCEPT.toMinutes(), TOOL.toMinutes());
      case SILENT -> "no call for %d s".formatted(SIGN.toSeconds());
      case SLOW -> "running for more than %d min".formatted(RUNNING.toMinutes());
      case OK -> "none of these";
    };
  }

  /** For people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
