package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionHealthTest {

  private static final long NOW = Duration.ofDays(20_000).toMillis();

  @Test
  void aClaimThatNobodyAcceptsIsStuckAfterFiveMinutes() {
    assertThat(health(claimed(minutes(5) - 1))).isEqualTo(SessionHealth.OK);
    assertThat(health(claimed(minutes(5)))).isEqualTo(SessionHealth.STUCK);
  }

  @Test
  void whatGivesNoSignIsSilentAfterNinetySeconds() {
    assertThat(health(running(minutes(2), 90_000, null))).isEqualTo(SessionHealth.OK);
    assertThat(health(running(minutes(2), 90_001, null))).isEqualTo(SessionHealth.SILENT);
  }

  @Test
  void whatCallsNoNewToolIsStuckAfterTenMinutes() {
    assertThat(health(running(minutes(20), 0, minutes(10)))).isEqualTo(SessionHealth.OK);
    assertThat(health(running(minutes(20), 0, minutes(10) + 1))).isEqualTo(SessionHealth.STUCK);
  }

  @Test
  void whatRunsLongIsSlowAfterFortyFiveMinutes() {
    assertThat(health(running(minutes(45), 0, null))).isEqualTo(SessionHealth.OK);
    assertThat(health(running(minutes(45) + 1, 0, null))).isEqualTo(SessionHealth.SLOW);
  }

  @Test
  void silenceIsSaidBeforeWhatMayFollowFromIt() {
    assertThat(health(running(minutes(60), minutes(20), minutes(20))))
        .isEqualTo(SessionHealth.SILENT);
  }

  private static SessionHealth health(Claim claim) {
    return SessionHealth.of(claim, NOW);
  }

  private static long minutes(long n) {
    return Duration.ofMinutes(n).toMillis();
  }

  private static Claim claimed(long agoMs) {
    return claim(SessionState.CLAIMED, NOW + 1, NOW - agoMs, 0, NOW - agoMs, null);
  }

  private static Claim running(long agoMs, long signAgoMs, Long toolAgoMs) {
    ToolUse tools = toolAgoMs == null ? null : new ToolUse("Bash", NOW - toolAgoMs, 1);
    return claim(SessionState.RUNNING, 0, NOW - agoMs, NOW - agoMs, NOW - signAgoMs, tools);
  }

  private static Claim claim(
      SessionState state, long acceptBy, long claimedAt, long startedAt, long sign, ToolUse tools) {
    return new Claim(
        "s", "default", state, 3, "w", 1, acceptBy, 0, claimedAt, startedAt, sign, 0, tools);
  }
}
