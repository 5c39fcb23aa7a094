package dev.sluice.admin.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.Map;

/**
 * Reads {@link PastWork} on request, and forgets that of an org 10 min after the last one. Three or
 * more orgs share the memory.
 */
final class PastScans {

  /** Sessions of all orgs; they take about 50 MB. */
  private static final int MOST_ALL = 50_000;

  /** Dead and ended. */
  private static final int KINDS = 2;

  private static final Duration KEPT = Duration.ofMinutes(10);

  /** From the end of a stop grace to the sweep that releases. */
  private static final Duration SWEPT = Duration.ofSeconds(30);

  private final Sessions sessions;
  private final long lateMs;
  private final Ticker ticker;
  private final int most;
  private final Cache<String, Scans> orgs;

  /**
   * @param stopGraceMs a stopped session joins its list at its release, at the time of its stop
   */
  PastScans(Sessions sessions, long stopGraceMs, Ticker ticker) {
    this(sessions, stopGraceMs, ticker, MOST_ALL);
  }

  /**
   * @param most sessions of all orgs
   */
  PastScans(Sessions sessions, long stopGraceMs, Ticker ticker, int most) {
    this.sessions = sessions;
    this.lateMs = stopGraceMs + SWEPT.toMillis();
    this.ticker = ticker;
    this.most = most;
    this.orgs = Caffeine.newBuilder().expireAfterWrite(KEPT).ticker(ticker).build();
  }

  private final class Scans {
    private final PastScan dead;
    private final PastScan ended;
    private volatile PastWork latest = PastWork.NONE;

    Scans(String org) {
      this.dead = scan(org, Place.DEAD);
      this.ended = scan(org, Place.ENDED);
    }

    private PastScan scan(String org, Place place) {
      return new PastScan(
          (cursor, limit) -> sessions.rows(org, null, place, cursor, limit).value(),
          lateMs,
          ticker);
    }

    int size() {
      return latest.dead().sessions().size() + latest.ended().sessions().size();
    }

    PastWork read(long now, long letters, int share) {
      dead.keep(share);
      ended.keep(share);
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
    Scans scans = orgs.get(org, Scans::new);
    PastWork past = scans.read(now, dead, share());
    orgs.put(org, scans); // the time of its last read
    makeRoom();
    return past;
  }

  /** At least a step, so that also one of very many orgs is read whole in its first look. */
  private int share() {
    long each = most / (KINDS * Math.max(1, orgs.estimatedSize()));
    return (int) Math.max(PastScan.STEP, Math.min(PastWork.MOST_KEPT, each));
  }

  /** Forgets orgs that were read longest ago, which still have a greater share. */
  private void makeRoom() {
    long all = orgs.asMap().values().stream().mapToLong(Scans::size).sum();
    if (all <= most) {
      return;
    }
    Map<String, Scans> oldest =
        orgs.policy().expireAfterWrite().orElseThrow().oldest(Integer.MAX_VALUE);
    for (Map.Entry<String, Scans> org : oldest.entrySet()) {
      if (all > most) {
        orgs.invalidate(org.getKey());
        all -= org.getValue().size();
      }
    }
  }
}
