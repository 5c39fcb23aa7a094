package dev.sluice.admin.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scans all claims of an org, a thousand a call. Rests 50 times as long as the last scan took, at
 * most 10 s: 2% of the time.
 */
final class ClaimScans {

  private static final int REST = 50;
  private static final long MOST_REST_NS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_ORGS = 1_000;

  private final Sessions sessions;
  private final Clock clock;
  private final Ticker ticker;
  private final Cache<String, Walk> latest = Caffeine.newBuilder().maximumSize(MOST_ORGS).build();

  ClaimScans(Sessions sessions, Clock clock, Ticker ticker) {
    this.sessions = sessions;
    this.clock = clock;
    this.ticker = ticker;
  }

  private record Walk(FleetClaims seen, long endedNs, long restNs) {}

  FleetClaims of(String org) {
    Walk walk = latest.getIfPresent(org);
    long now = ticker.read();
    if (walk == null || now - walk.endedNs() >= walk.restNs()) {
      FleetClaims seen = FleetClaims.of(all(org), clock.millis());
      long end = ticker.read();
      walk = new Walk(seen, end, Math.min(MOST_REST_NS, REST * (end - now)));
      latest.put(org, walk);
    }
    return walk.seen();
  }

  /** Counts a session once that is claimed again meanwhile. */
  private Collection<Claim> all(String org) {
    Map<String, Claim> claims = new LinkedHashMap<>();
    @Nullable Cursor cursor = null;
    do {
      Page<Claim> page = sessions.claims(org, null, cursor, Page.MAX).value();
      page.items().forEach(claim -> claims.put(claim.id(), claim));
      cursor = page.next();
    } while (cursor != null);
    return claims.values();
  }
}
