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
 * Looks over all claims of an org, a thousand a call. It rests fifty times as long as the walk
 * before took, so that no org's walks take more than a fiftieth of the time: one of 20 ms is made
 * anew each second. But it rests ten seconds at most.
 */
final class ClaimScans {

  private static final int REST = 50;
  private static final long MOST_REST_NS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_ORGS = 1_000;

  private final Sessions sessions;
  private final Clock clock;
  private final Ticker ticker;
  private final Cache<String, Walk> latest = Caffeine.newBuilder().maximumSize(MOST_ORGS).build();

  /**
   * @param clock tells how old a claim is
   * @param ticker tells how long a walk takes
   */
  ClaimScans(Sessions sessions, Clock clock, Ticker ticker) {
    this.sessions = sessions;
    this.clock = clock;
    this.ticker = ticker;
  }

  private record Walk(FleetClaims seen, long endedNs, long restNs) {}

  /** What the latest walk saw, or a new one where that may be made. */
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

  /** Each once, although one that is claimed anew meanwhile is met again. */
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
