package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.store.QueueBackend;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all orgs, watched by somebody or not, and tells the store what it sees. Rests ten times
 * as long as a round took, or longer.
 */
public final class FindingWatch implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(FindingWatch.class);

  /** A finding stands unseen for this long at least. */
  private static final long SEEN_NS = Duration.ofMinutes(1).toNanos();

  private static final long LONGEST_NS = Duration.ofMinutes(5).toNanos();

  /** And for so many rounds. */
  private static final int ROUNDS = 4;

  private final QueueBackend backend;
  private final SnapshotSampler fleets;
  private final FindingSettings settings;
  private final Ticker ticker;

  /** Time at which each finding was first seen, by org. */
  private final Map<String, Map<String, Long>> seen = new HashMap<>();

  private long lastRoundAt;
  private long seenNs = SEEN_NS;
  private final Rounds rounds;

  public FindingWatch(
      QueueBackend backend, SnapshotSampler fleets, FindingSettings settings, Ticker ticker) {
    this.backend = backend;
    this.fleets = fleets;
    this.settings = settings;
    this.ticker = ticker;
    lastRoundAt = ticker.read();
    rounds = new Rounds("sluice-findings", this::round, settings.everyMs(), Long.MAX_VALUE);
  }

  @Override
  public void start() {
    if (settings.everyMs() > 0) {
      rounds.start();
    }
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  /** Looks once. */
  public void round() {
    long now = ticker.read();
    seenNs = Math.max(SEEN_NS, Math.min(LONGEST_NS, ROUNDS * (now - lastRoundAt)));
    lastRoundAt = now;
    Set<String> orgs = Set.copyOf(backend.upkeep().orgs());
    seen.keySet().retainAll(orgs);
    orgs.forEach(this::lookAlone);
  }

  /** An org that fails keeps no other from being looked at. */
  private void lookAlone(String org) {
    try {
      look(org);
    } catch (BackendUnavailableException e) {
      LOG.debug("No look at findings of org {}", org, e);
    } catch (RuntimeException e) {
      LOG.error("The look at findings of org {} failed", org, e);
    }
  }

  private void look(String org) {
    Reading reading = fleets.glance(org);
    FleetSnapshot fleet = reading.fleet();
    if (reading.away() || fleet == null) {
      return;
    }
    List<SeenFinding> settled = settled(org, fleet, reading.findings());
    if (settled.isEmpty() && fleet.records().isEmpty()) {
      return;
    }
    try {
      backend.findings().observe(org, settled, seenNs / 1_000_000, settings.tell());
    } catch (RefusedException e) {
      LOG.debug("Org {} takes no findings", org, e); // closed
    }
  }

  /** Returns findings that are on record or have been seen for long enough. */
  private List<SeenFinding> settled(String org, FleetSnapshot fleet, List<Finding> findings) {
    long now = ticker.read();
    Map<String, Long> since = seen.computeIfAbsent(org, name -> new HashMap<>());
    Set<String> keys = new HashSet<>();
    List<SeenFinding> settled = new ArrayList<>();
    for (Finding finding : findings) {
      if (FindingRules.isElsewhere(finding, fleet)) {
        continue;
      }
      SeenFinding each = finding.seen();
      keys.add(each.key());
      long first = since.computeIfAbsent(each.key(), key -> now);
      if (finding.record() != null || now - first >= settings.holdMs() * 1_000_000) {
        settled.add(each);
      }
    }
    since.keySet().retainAll(keys);
    return settled;
  }
}
