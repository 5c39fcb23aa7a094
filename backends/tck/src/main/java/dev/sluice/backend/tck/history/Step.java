package dev.sluice.backend.tck.history;

import java.time.Duration;

sealed interface Step permits Call, Step.Jump {

  String text();

  /** Passes time; only between calls, so that the time of each call is known. */
  record Jump(Duration time) implements Step {

    @Override
    public String text() {
      return "time passes: " + time;
    }
  }
}
