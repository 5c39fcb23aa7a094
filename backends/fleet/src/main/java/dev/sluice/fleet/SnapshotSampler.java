package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.StopReports;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of fleets: at most one a second an org, for all pages and streams. While in use
 * one each second, then each 5 s for an hour. The caller takes the first, a thread the others;
 * callers wait at most 1 s. Without the store the last snapshot is returned.
 */
public final class SnapshotSampler implements Managed {

  public static final int MOST_QUEUES = Page.MAX;

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSampler.class);

  /** Age of the figures of a fleet's spending. */
  private static final Duration SPEND_AGE = Duration.ofSeconds(15);

  private static final int MOST_ORGS = 1_000;
  private static final long PATIENCE_NS = Duration.ofSeconds(1).toNanos();
  private static final long TICK_MS = 250;

  /** A node that stood still for so long could not hear its clients. */
  private static final long PAUSED_NS = Duration.ofSeconds(20).toNanos();

  private final QueueBackend backend;
  private final Function<String, List<Worker>> workers;
  private final StopReports stops;
  private final Clock clock;
  private final ClaimScans claims;
  private final UnclaimedScans unclaimed;
  private final HostMemory hosts = new HostMemory();
  private final SlowReader slow;
  private final FindingSettings findings;
  private final Ticker ticker;
  private final LoadingCache<String, OrgSampler> watches;
  private final List<BiConsumer<String, Reading>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread sampler = new Thread(task, "sluice-sampler");
            sampler.setDaemon(true);
            return sampler;
          });
  private final Cache<String, Spend> spend;
  private Hints.@Nullable Subscription subscription;

  /** Begin, or end of the last pause of this process. */
  private volatile long steadySince;

  private volatile long tickedAt;

  /**
   * @param clock time of snapshots
   * @param stopGraceMs of the rules
   * @param ticker time between them
   */
  public SnapshotSampler(
      QueueBackend backend,
      Function<String, List<Worker>> workers,
      StopReports stops,
      Clock clock,
      long stopGraceMs,
      FindingSettings findings,
      Ticker ticker) {
    this.backend = backend;
    this.workers = workers;
    this.stops = stops;
    this.clock = clock;
    this.claims = new ClaimScans(backend.sessions(), clock, ticker);
    this.unclaimed = new UnclaimedScans(backend, stopGraceMs, ticker);
    this.slow = new SlowReader(backend, ticker);
    this.findings = findings;
    this.ticker = ticker;
    this.spend =
        Caffeine.newBuilder()
            .maximumSize(MOST_ORGS)
            .expireAfterWrite(SPEND_AGE)
            .ticker(ticker)
            .build();
    this.steadySince = ticker.read();
    this.tickedAt = steadySince;
    String node = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    this.watches =
        Caffeine.newBuilder().maximumSize(MOST_ORGS).build(org -> new OrgSampler(org, node));
  }

  /** Listens to each snapshot; must return quickly. */
  public void listen(BiConsumer<String, Reading> listener) {
    listeners.add(listener);
  }

  /** Subscribes to the store's hints, each of which counts as a change. */
  @Override
  public void start() {
    subscription = backend.hints().subscribe(this::heard);
  }

  public void startTicking() {
    thread.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (subscription != null) {
      subscription.close();
    }
    thread.shutdownNow();
  }

  private void heard(Hint hint) {
    OrgSampler watch = watches.getIfPresent(hint.org());
    if (watch != null) {
      watch.hear();
    }
  }

  public void tick() {
    long now = ticker.read();
    if (now - tickedAt > PAUSED_NS) {
      steadySince = now;
    }
    tickedAt = now;
    for (OrgSampler watch : watches.asMap().values()) {
      if (watch.isDue(ticker.read())) {
        tryLook(watch, false);
      }
    }
  }

  /** Samples the org each second from now on. */
  public void keep(String org) {
    watches.get(org).ask(ticker.read());
  }

  /** Returns a fresh snapshot, without asking for more of them. */
  Reading glance(String org) {
    OrgSampler watch = watches.get(org);
    Reading latest = watch.latest();
    return latest != null && watch.isFresh(ticker.read()) ? latest : look(watch, false);
  }

  public Reading of(String org) {
    return of(org, false);
  }

  /**
   * As {@link #of}, with work that is not claimed. A first call reads some; snapshots add the rest.
   */
  public Reading withUnclaimed(String org) {
    OrgSampler watch = watches.get(org);
    long end = ticker.read() + PATIENCE_NS;
    watch.askUnclaimed(ticker.read());
    Reading reading = of(org);
    for (int looks = 0; looks < 2 && lacksUnclaimed(reading); looks++) { // one may be under way
      await(watch, false, end - ticker.read());
      reading = Objects.requireNonNull(watch.latest());
    }
    return reading;
  }

  private static boolean lacksUnclaimed(Reading reading) {
    FleetSnapshot fleet = reading.fleet();
    return !reading.away() && fleet != null && !fleet.unclaimed().isFresh();
  }

  /** Takes a snapshot with a new mark, for a caller that has just changed something. */
  public Reading anew(String org) {
    return of(org, true);
  }

  private Reading of(String org, boolean anew) {
    OrgSampler watch = watches.get(org);
    long now = ticker.read();
    watch.ask(now);
    if (watch.latest() == null) {
      return watch.first(() -> look(watch, anew));
    }
    if (anew || !watch.isFresh(now)) {
      await(watch, anew, PATIENCE_NS);
    }
    return Objects.requireNonNull(watch.latest());
  }

  private void await(OrgSampler watch, boolean anew, long patienceNs) {
    if (patienceNs <= 0) {
      return;
    }
    try {
      Future<?> look =
          anew
              ? thread.submit(() -> tryLook(watch, true))
              : watch.next(() -> thread.submit(() -> tryLook(watch, false)));
      look.get(patienceNs, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
      LOG.debug(
          "No snapshot of {} in time", watch.org()); // what was seen last stands, with its age
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryLook(OrgSampler watch, boolean anew) {
    try {
      look(watch, anew);
    } catch (RuntimeException | Error e) {
      LOG.error("Snapshot of {} failed", watch.org(), e); // would end the timer
    }
  }

  private Reading look(OrgSampler watch, boolean anew) {
    Reading reading = watch.look(before -> look(watch, before), anew, ticker::read);
    listeners.forEach(listener -> listener.accept(watch.org(), reading));
    return reading;
  }

  private Reading look(OrgSampler watch, Reading before) {
    try {
      FleetSnapshot fleet = read(watch.org(), watch.wantsUnclaimed(ticker.read()));
      long steady = watch.steadySince(steadySince);
      boolean grace = ticker.read() - steady < findings.graceMs() * 1_000_000;
      return new Reading(fleet, FindingRules.in(fleet, findings, grace), false, "");
    } catch (BackendUnavailableException e) {
      watch.wasAway(ticker.read());
      return before.gone();
    }
  }

  private FleetSnapshot read(String org, boolean withUnclaimed) {
    long start = clock.millis();
    var counts = backend.work().counts(org);
    Page<ProjectQueue> queues = backend.queues().list(org, null, MOST_QUEUES);
    FleetClaims claimed = claims.of(org);
    List<Worker> all = workers.apply(org);
    var health = backend.upkeep().health();
    var inbox = backend.inboxes().counts(org);
    long now = clock.millis();
    return new FleetSnapshot(
        org,
        now,
        now - start,
        counts,
        queues.items(),
        queues.next() == null,
        all,
        claimed,
        withUnclaimed ? unclaimed.read(org, start, counts, queues) : unclaimed.known(org),
        health,
        inbox,
        stops.stillReporting(org),
        hosts.with(org, all),
        spend.get(org, key -> Spend.read(backend.figures(), key, now)),
        slow.of(org, queues.items(), all, counts.dead(), now),
        records(org),
        backend.transfers().closure(org).orElse(null));
  }

  /** Damaged records take no page down; health names them. */
  private List<dev.sluice.backend.findings.Finding> records(String org) {
    try {
      return backend.findings().list(org);
    } catch (RefusedException e) {
      LOG.debug("No records of findings of org {}", org, e);
      return List.of();
    }
  }
}
