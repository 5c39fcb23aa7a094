package dev.sluice.backend.tck.history;

import java.time.Duration;

/** Time passes. Only between calls, so that the time of each call is known. */
record Jump(Duration time) implements Step {

  @Override
  public String text() {
    return "time passes: " + time;
  }
}
