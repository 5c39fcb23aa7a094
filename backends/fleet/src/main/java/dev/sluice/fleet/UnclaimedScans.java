package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.Map;

/**
 * Reads {@link UnclaimedWork} on request, and forgets that of an org 10 min after the last one.
 * Three or more orgs share the memory.
 */
final class UnclaimedScans {

  /** Sessions of all orgs; they take about 60 MB. */
  private static final int MOST_ALL = 60_000;

  /** Waiting, dead and ended. */
  private static final int KINDS = 3;

  private static final Duration KEPT = Duration.ofMinutes(10);

  /** Since the last look at an org. */
  private static final Duration IN_USE = Duration.ofSeconds(10);

  /** From the end of a stop grace to the sweep that releases. */
  private static final Duration SWEPT = Duration.ofSeconds(30);

  private final QueueBackend backend;
  private final long lateMs;
  private final Ticker ticker;
  private final int most;
  private final Cache<String, Scans> orgs;

  /**
   * @param stopGraceMs a stopped session joins its list at its release, at the time of its stop
   */
  UnclaimedScans(QueueBackend backend, long stopGraceMs, Ticker ticker) {
    this(backend, stopGraceMs, ticker, MOST_ALL);
  }

  /**
   * @param most sessions of all orgs
   */
  UnclaimedScans(QueueBackend backend, long stopGraceMs, Ticker ticker, int most) {
    this.backend = backend;
    this.lateMs = stopGraceMs + SWEPT.toMillis();
    this.ticker = ticker;
    this.most = most;
    this.orgs = Caffeine.newBuilder().expireAfterWrite(KEPT).ticker(ticker).build();
  }

  private final class Scans {
    private final WaitingScan waiting;
    private final PastScan dead;
    private final PastScan ended;
    private volatile UnclaimedWork latest = UnclaimedWork.NONE;

    Scans(String org) {
      this.waiting =
          new WaitingScan(
              (project, place, cursor, limit) ->
                  Standing.sessions(backend.work().standings(org, project, place, cursor, limit)),
              ticker);
      this.dead = scan(org, Place.DEAD);
      this.ended = scan(org, Place.ENDED);
    }

    private PastScan scan(String org, Place place) {
      return new PastScan(
          (cursor, limit) -> backend.sessions().rows(org, null, place, cursor, limit),
          lateMs,
          ticker);
    }

    int size() {
      return waiting.size() + latest.dead().sessions().size() + latest.ended().sessions().size();
    }

    UnclaimedWork read(long now, Counts counts, Page<ProjectQueue> queues, int share) {
      waiting.keep(share);
      dead.keep(share);
      ended.keep(share);
      latest =
          new UnclaimedWork(
              waiting.look(now, queues),
              dead.look(now, counts.dead()),
              ended.look(now, null),
              true);
      return latest;
    }
  }

  /** Returns what is known, without a call. */
  UnclaimedWork known(String org) {
    Scans scans = orgs.getIfPresent(org);
    return scans == null ? UnclaimedWork.NONE : scans.latest.stale();
  }

  /**
   * One caller an org at a time.
   *
   * @param now epoch ms
   * @param counts of the org
   * @param queues whose waiting work is read
   */
  UnclaimedWork read(String org, long now, Counts counts, Page<ProjectQueue> queues) {
    Scans scans = orgs.get(org, Scans::new);
    UnclaimedWork unclaimed = scans.read(now, counts, queues, share());
    orgs.put(org, scans); // the time of its last read
    makeRoom();
    return unclaimed;
  }

  /** At least a step, so that also one of very many orgs is read whole in its first look. */
  private int share() {
    long each = most / (KINDS * Math.max(1, orgs.estimatedSize()));
    return (int) Math.max(PastScan.STEP, Math.min(UnclaimedWork.MOST_KEPT, each));
  }

  /** Forgets orgs that were read longest ago. One in use shrinks to its share by its next look. */
  private void makeRoom() {
    long all = orgs.asMap().values().stream().mapToLong(Scans::size).sum();
    if (all <= most) {
      return;
    }
    Policy.FixedExpiration<String, Scans> ages = orgs.policy().expireAfterWrite().orElseThrow();
    for (Map.Entry<String, Scans> org : ages.oldest(Integer.MAX_VALUE).entrySet()) {
      Duration age = ages.ageOf(org.getKey()).orElse(Duration.ZERO);
      if (all > most && age.compareTo(IN_USE) > 0) {
        orgs.invalidate(org.getKey());
        all -= org.getValue().size();
      }
    }
  }
}
