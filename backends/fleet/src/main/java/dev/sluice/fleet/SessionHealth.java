package dev.sluice.fleet;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import java.time.Duration;
import java.util.Locale;

/** Health of a claimed session, worst first. For display; leases decide. */
public enum SessionHealth {
  STUCK,
  SILENT,
  SLOW,
  OK;

  private static final Duration ACCEPT = Duration.ofMinutes(5);
  private static final Duration SIGN = Duration.ofSeconds(90);
  private static final Duration TOOL = Duration.ofMinutes(10);
  private static final Duration RUNNING = Duration.ofMinutes(45);

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

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
