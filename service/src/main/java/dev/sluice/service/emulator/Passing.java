package dev.sluice.service.emulator;

import java.time.Duration;

/** Lets time pass as it does in a server that runs all the while. */
public final class Passing {

  private final EmulatedTime time;
  private final Duration step;
  private final Runnable sweep;

  /**
   * @param lease a leap of more than a tenth of it would be taken for an outage
   */
  public Passing(EmulatedTime time, Duration lease, Runnable sweep) {
    this.time = time;
    this.step = lease.dividedBy(20);
    this.sweep = sweep;
  }

  /** Returns once everything that is due has happened. */
  synchronized void pass(Duration duration) {
    sweep.run(); // an org that was never swept would take the first step for an outage
    for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
      time.advance(left.compareTo(step) < 0 ? left : step);
      sweep.run();
    }
  }

  long nowMs() {
    return time.millis();
  }
}
