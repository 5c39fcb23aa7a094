package dev.sluice.backend.tck;

import dev.sluice.backend.StoreTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

public final class MovableClock implements StoreTime {

  private static final long START_MS = Instant.parse("2026-03-02T09:30:00Z").toEpochMilli();

  private final AtomicLong nowMs = new AtomicLong(START_MS);

  public long now() {
    return nowMs.get();
  }

  /** A view that moves with it. */
  public Clock utc() {
    InstantSource source = () -> Instant.ofEpochMilli(now());
    return source.withZone(ZoneOffset.UTC);
  }

  @Override
  public OptionalLong nowMs() {
    return OptionalLong.of(now());
  }

  /** Passes time without a sweep: an outage, if long enough. */
  public void jump(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time doesn't go back by " + time);
    }
    nowMs.addAndGet(time.toMillis());
  }

  /** Corrects a clock that was ahead. */
  public void setBack(Duration time) {
    nowMs.addAndGet(-time.toMillis());
  }
}
