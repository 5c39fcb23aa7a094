package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.service.errors.ApiException;
import java.time.Clock;
import java.time.Duration;

/** Records the last use by the hour. */
public final class KeyUses {

  private static final long STEP_MS = Duration.ofHours(1).toMillis();
  private static final int MAX_KEYS = 10_000;

  private final Credentials credentials;
  private final Clock clock;
  private final Cache<String, Long> noted = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  public KeyUses(Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  void use(Key key) {
    long now = clock.millis();
    if (key.expired(now)) {
      throw ApiException.invalidKey();
    }
    Long before = noted.getIfPresent(key.id());
    if (before == null || now - before >= STEP_MS) {
      noted.put(key.id(), now);
      credentials.noteUse(key.org(), key.id(), now);
    }
  }
}
