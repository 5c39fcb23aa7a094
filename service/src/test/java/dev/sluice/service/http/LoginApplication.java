package dev.sluice.service.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The service with a movable time, except the store's. */
public final class LoginApplication extends AuthApplication {

  private static volatile Duration ahead = Duration.ZERO;

  private static final InstantSource NOW = () -> Instant.now().plus(ahead);

  public static void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  public static Instant now() {
    return NOW.instant();
  }

  @Override
  protected Clock clock() {
    return NOW.withZone(ZoneOffset.UTC);
  }
}
