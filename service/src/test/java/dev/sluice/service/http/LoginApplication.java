package dev.sluice.service.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The service with a movable time, except the store's. */
public final class LoginApplication extends AuthApplication {

  private static volatile Duration ahead = Duration.ZERO;

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.now().plus(ahead);
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

  public static void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  public static Instant now() {
    return CLOCK.instant();
  }

  @Override
  protected Clock clock() {
    return CLOCK;
  }
}
