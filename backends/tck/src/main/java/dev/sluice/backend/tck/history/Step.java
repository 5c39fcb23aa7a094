package dev.sluice.backend.tck.history;

import java.time.Duration;

/** A step of a history: a call, or time that passes. */
sealed interface Step permits Call, Step.Jump {

  /** In one line, for people. */
  String text();

  /** Time passes. Only between calls, so that the time of each call is known. */
  record Jump(Duration time) implements Step {

    @Override
    public String text() {
      return "time passes: " + time;
    }
  }
}
