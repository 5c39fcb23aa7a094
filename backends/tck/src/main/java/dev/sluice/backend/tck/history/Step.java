package dev.sluice.backend.tck.history;

import java.time.Duration;

sealed interface Step permits Call, Step.Jump {

  String text();

  /** Comes between calls only, so that each call's time is known. */
  record Jump(Duration time) implements Step {

    @Override
    public String text() {
      return "time passes: " + time;
    }
  }
}
