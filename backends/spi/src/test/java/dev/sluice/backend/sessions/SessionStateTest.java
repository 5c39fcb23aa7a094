package dev.sluice.backend.sessions;

import static dev.sluice.backend.sessions.SessionState.CLAIMED;
import static dev.sluice.backend.sessions.SessionState.COMPLETED;
import static dev.sluice.backend.sessions.SessionState.FAILED;
import static dev.sluice.backend.sessions.SessionState.FINALIZING;
import static dev.sluice.backend.sessions.SessionState.PENDING;
import static dev.sluice.backend.sessions.SessionState.RUNNING;
import static dev.sluice.backend.sessions.SessionState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.backend.sessions.SessionState.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // reported:  RUNNING, FINALIZING, COMPLETED, FAILED,   STOPPED
    "CLAIMED,    ADVANCE, ADVANCE,    ADVANCE,   ADVANCE,  ADVANCE",
    "RUNNING,    MERGE,   ADVANCE,    ADVANCE,   ADVANCE,  ADVANCE",
    "FINALIZING, MERGE,   MERGE,      ADVANCE,   ADVANCE,  ADVANCE",
    "COMPLETED,  LATE,    LATE,       REPEAT,    CONFLICT, CONFLICT",
    "FAILED,     LATE,    LATE,       CONFLICT,  REPEAT,   CONFLICT",
    "STOPPED,    LATE,    LATE,       CONFLICT,  CONFLICT, REPEAT",
  })
  void whatAReportDoes(
      SessionState state,
      Transition running,
      Transition finalizing,
      Transition completed,
      Transition failed,
      Transition stopped) {
    assertThat(state.onReport(RUNNING)).isEqualTo(running);
    assertThat(state.onReport(FINALIZING)).isEqualTo(finalizing);
    assertThat(state.onReport(COMPLETED)).isEqualTo(completed);
    assertThat(state.onReport(FAILED)).isEqualTo(failed);
    assertThat(state.onReport(STOPPED)).isEqualTo(stopped);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void theServersOwnStatesAreNotReported(SessionState state) {
    assertThatIllegalArgumentException().isThrownBy(() -> state.onReport(PENDING));
    assertThatIllegalArgumentException().isThrownBy(() -> state.onReport(CLAIMED));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void nothingIsReportedOfWhatWaits(SessionState target) {
    assertThatIllegalArgumentException().isThrownBy(() -> PENDING.onReport(target));
  }

  @Test
  void threeStatesAreEnds() {
    assertThat(SessionState.values())
        .filteredOn(SessionState::terminal)
        .containsExactly(COMPLETED, FAILED, STOPPED);
  }

  @Test
  void namesOnTheWire() {
    assertThat(SessionState.values())
        .extracting(SessionState::wire)
        .containsExactly(
            "pending", "claimed", "running", "finalizing", "completed", "failed", "stopped");
  }
}
