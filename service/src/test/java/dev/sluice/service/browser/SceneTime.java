package dev.sluice.service.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Real time plus the time that scenes let pass. */
public final class SceneTime {

  private static final AtomicLong AHEAD_MS = new AtomicLong();

  public static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.now().plusMillis(AHEAD_MS.get());
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException("nobody asks for local time");
        }
      };

  private SceneTime() {}

  public static void pass(Duration time) {
    AHEAD_MS.addAndGet(time.toMillis());
  }
}
