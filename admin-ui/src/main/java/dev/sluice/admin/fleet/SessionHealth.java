package dev.sluice.admin.fleet;

import dev.sluice.backend.Claim;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.ToolUse;
import java.time.Duration;
import java.util.Locale;

/**
 * How a claimed session fares, by the thresholds of protocol 4.14; the worst first. Nothing is
 * taken from a worker for it: it is shown, so that somebody looks.
 */
public enum SessionHealth {
  /** Nobody accepted it for five minutes, or it hasn't called another tool for ten. */
  STUCK,
  /** Its worker said nothing of it for 90 seconds. */
  SILENT,
  /** It has been running for 45 minutes. */
  SLOW,
  /** None of these. */
  OK;

  private static final long ACCEPT_MS = Duration.ofMinutes(5).toMillis();
  private static final long SIGN_MS = Duration.ofSeconds(90).toMillis();
  private static final long TOOL_MS = Duration.ofMinutes(10).toMillis();
  private static final long RUNNING_MS = Duration.ofMinutes(45).toMillis();

  /**
   * Of a session that a worker holds.
   *
   * @param now epoch ms
   */
  public static SessionHealth of(Claim claim, long now) {
    if (claim.acceptByMs() != 0 && now - claim.claimedAtMs() >= ACCEPT_MS) {
      return STUCK;
    }
    if (claim.acceptByMs() == 0 && now - claim.lastSignMs() > SIGN_MS) {
      return SILENT;
    }
    if (claim.state() != SessionState.RUNNING) {
      return OK;
    }
    ToolUse tools = claim.tools();
    if (tools != null && now - tools.lastAtMs() > TOOL_MS) {
      return STUCK;
    }
    return now - claim.startedAtMs() > RUNNING_MS ? SLOW : OK;
  }

  /** What makes a session fare so, in words. */
  public String means() {
    return switch (this) {
      case STUCK -> "not accepted for 5 min, or no new tool call for 10 min";
      case SILENT -> "no sign for 90 s";
      case SLOW -> "running for over 45 min";
      case OK -> "at work";
    };
  }

  /** For people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
