package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Sessions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scans all claims of an org, a thousand a call, with a {@link Rest} between scans. Headlines stay
 * as long as their claims; each call asks for a thousand new ones at most.
 */
final class ClaimScans {

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

  /**
   * @param unnamed claims whose headlines were not asked for yet
   */
  private record Walk(FleetClaims seen, Rest rest, List<String> unnamed) {}

  FleetClaims of(String org) {
    Walk walk = latest.getIfPresent(org);
    long now = ticker.read();
    if (walk == null || walk.rest().isOver(now)) {
      Map<String, Headline> known = walk == null ? Map.of() : walk.seen().headlines();
      FleetClaims seen = FleetClaims.of(all(org), clock.millis());
      walk = walk(seen, known, Rest.after(now, ticker.read()));
    }
    walk = walk.unnamed().isEmpty() ? walk : named(org, walk);
    latest.put(org, walk);
    return walk.seen();
  }

  private static Walk walk(FleetClaims seen, Map<String, Headline> known, Rest rest) {
    Map<String, Headline> kept = new HashMap<>();
    List<String> unnamed = new ArrayList<>();
    for (Claim claim : seen.all()) {
      Headline headline = known.get(claim.id());
      if (headline == null) {
        unnamed.add(claim.id());
      } else {
        kept.put(claim.id(), headline);
      }
    }
    return new Walk(seen.named(kept), rest, List.copyOf(unnamed));
  }

  private Walk named(String org, Walk walk) {
    List<String> unnamed = walk.unnamed();
    int some = Math.min(Page.MAX, unnamed.size());
    Map<String, Headline> names = new HashMap<>(walk.seen().headlines());
    sessions
        .headlines(org, unnamed.subList(0, some))
        .forEach(headline -> names.put(headline.id(), headline));
    return new Walk(
        walk.seen().named(names), walk.rest(), List.copyOf(unnamed.subList(some, unnamed.size())));
  }

  /** Counts a session once that is claimed again meanwhile. */
  private Collection<Claim> all(String org) {
    Map<String, Claim> claims = new LinkedHashMap<>();
    @Nullable Cursor cursor = null;
    do {
      Page<Claim> page = sessions.claims(org, null, cursor, Page.MAX);
      page.items().forEach(claim -> claims.put(claim.id(), claim));
      cursor = page.next();
    } while (cursor != null);
    return claims.values();
  }
}
