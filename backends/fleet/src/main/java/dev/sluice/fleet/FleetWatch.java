package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetSearch;
import dev.sluice.control.StopReports;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * Looks at all fleets for searches and findings, and for the pages if there are any.
 *
 * @param fleets takes snapshots of orgs that somebody watches
 * @param findings tells the store what it sees
 */
public record FleetWatch(SnapshotSampler fleets, FindingWatch findings) {

  /**
   * @param workers all of an org
   */
  public static FleetWatch of(
      QueueBackend backend,
      Function<String, List<Worker>> workers,
      StopReports stops,
      Clock clock,
      Rules rules,
      FindingSettings settings) {
    return of(backend, workers, stops, clock, rules, settings, Ticker.systemTicker());
  }

  /**
   * @param ticker for the ages of snapshots
   */
  public static FleetWatch of(
      QueueBackend backend,
      Function<String, List<Worker>> workers,
      StopReports stops,
      Clock clock,
      Rules rules,
      FindingSettings settings,
      Ticker ticker) {
    SnapshotSampler fleets =
        new SnapshotSampler(backend, workers, stops, clock, rules.stopGraceMs(), settings, ticker);
    return new FleetWatch(fleets, new FindingWatch(backend, fleets, settings, ticker));
  }

  /** Returns its members that start and stop with the process, in this order. */
  public List<Managed> managed() {
    return List.of(fleets, new Beat(fleets), findings);
  }

  private record Beat(SnapshotSampler fleets) implements Managed {
    @Override
    public void start() {
      fleets.startTicking();
    }
  }

  /**
   * Searches the latest snapshot of an org and its unclaimed work.
   *
   * @throws BackendUnavailableException before the first snapshot
   */
  public FleetSearch search(String org) {
    FleetSnapshot fleet = fleets.withUnclaimed(org).fleet();
    if (fleet == null) {
      throw new BackendUnavailableException(
          "No snapshot of the fleet yet", false, new IllegalStateException());
    }
    return fleet.search();
  }
}
