package dev.sluice.admin.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import java.time.Duration;

/** Reads {@link PastWork} on request, and forgets that of an org 10 min after the last one. */
final class PastScans {

  /** Sessions of all orgs. */
  private static final int MOST_ALL = 50_000;

  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Sessions sessions;
  private final Ticker ticker;
  private final Cache<String, Scans> orgs;

  PastScans(Sessions sessions, Ticker ticker) {
    this.sessions = sessions;
    this.ticker = ticker;
    this.orgs =
        Caffeine.newBuilder()
            .maximumWeight(MOST_ALL)
            .weigher((String org, Scans scans) -> 1 + scans.dead.size() + scans.ended.size())
            .expireAfterWrite(KEPT)
            .ticker(ticker)
            .build();
  }

  private final class Scans {
    private final PastScan dead;
    private final PastScan ended;
    private PastWork latest = PastWork.NONE;

    Scans(String org) {
      this.dead = scan(org, Place.DEAD);
      this.ended = scan(org, Place.ENDED);
    }

    private PastScan scan(String org, Place place) {
      return new PastScan(
          (cursor, limit) -> sessions.rows(org, null, place, cursor, limit).value(), ticker);
    }

    PastWork read(long now, long letters) {
      latest = new PastWork(dead.look(now, letters), ended.look(now, null), true);
      return latest;
    }
  }

  /** Returns what is known, without a call. */
  PastWork known(String org) {
    Scans scans = orgs.getIfPresent(org);
    return scans == null ? PastWork.NONE : scans.latest.stale();
  }

  /**
   * One caller an org at a time.
   *
   * @param now epoch ms
   * @param dead letters of the org
   */
  PastWork read(String org, long now, long dead) {
    Scans scans = orgs.getIfPresent(org);
    if (scans == null) {
      scans = new Scans(org);
    }
    PastWork past = scans.read(now, dead);
    orgs.put(org, scans); // weighed again
    return past;
  }
}
