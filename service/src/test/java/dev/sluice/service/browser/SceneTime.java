package dev.sluice.service.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Real time plus the time that scenes let pass. */
public final class SceneTime {

  private static final AtomicLong AHEAD_MS = new AtomicLong();

  private static final InstantSource NOW = () -> Instant.now().plusMillis(AHEAD_MS.get());

  public static final Clock CLOCK = NOW.withZone(ZoneOffset.UTC);

  private SceneTime() {}

  public static void pass(Duration time) {
    AHEAD_MS.addAndGet(time.toMillis());
  }
}
