package dev.sluice.admin.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Page;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Looks at each org's fleet at most once a second, however many tabs are open. When the store is
 * away it answers what it saw last, and asks again a second later.
 */
public final class FleetSnapshots {

  /** Most queues of a snapshot. */
  public static final int MOST_QUEUES = Page.MAX;

  private static final Duration MAX_AGE = Duration.ofSeconds(1);
  private static final int MOST_ORGS = 1_000;

  private final QueueBackend backend;
  private final Function<String, List<Worker>> workers;
  private final Clock clock;
  private final ClaimWalks claims;
  private final Cache<String, Reading> seenLast;
  private final LoadingCache<String, Reading> readings;

  public FleetSnapshots(
      QueueBackend backend, Function<String, List<Worker>> workers, Clock clock, Ticker ticker) {
    this.backend = backend;
    this.workers = workers;
    this.clock = clock;
    this.claims = new ClaimWalks(backend.sessions(), clock, ticker);
    this.seenLast = Caffeine.newBuilder().maximumSize(MOST_ORGS).build();
    this.readings =
        Caffeine.newBuilder()
            .maximumSize(MOST_ORGS)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .build(this::look);
  }

  /** The org's fleet, at most a second old unless the store is away. */
  public Reading of(String org) {
    return readings.get(org);
  }

  private Reading look(String org) {
    try {
      FleetSnapshot fleet = read(org);
      Reading reading = new Reading(fleet, Findings.in(fleet), false);
      seenLast.put(org, reading);
      return reading;
    } catch (BackendUnavailableException e) {
      Reading before = seenLast.getIfPresent(org);
      return before == null ? Reading.NOTHING : before.gone();
    }
  }

  private FleetSnapshot read(String org) {
    long start = clock.millis();
    var counts = backend.work().counts(org).value();
    Page<ProjectQueue> queues = backend.queues().list(org, null, MOST_QUEUES).value();
    FleetClaims claimed = claims.of(org);
    List<Worker> all = workers.apply(org);
    var health = backend.upkeep().health();
    long now = clock.millis();
    return new FleetSnapshot(
        org, now, now - start, counts, queues.items(), queues.next() == null, all, claimed, health);
  }
}
