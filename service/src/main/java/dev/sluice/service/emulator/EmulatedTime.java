package dev.sluice.service.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The time of the system, and as much more as tests have moved it on. */
public final class EmulatedTime implements InstantSource {

  private final AtomicLong aheadMs = new AtomicLong();

  @Override
  public Instant instant() {
    return Instant.now().plusMillis(aheadMs.get());
  }

  public Clock clock() {
    return withZone(ZoneOffset.UTC);
  }

  /** For durations, as {@link System#nanoTime}. */
  public long nanos() {
    return System.nanoTime() + aheadMs.get() * 1_000_000;
  }

  void advance(Duration time) {
    aheadMs.addAndGet(time.toMillis());
  }
}
