package dev.sluice.service.metrics;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.service.dispatch.WorkerSnapshots;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples at most once a second. A store that does not answer is shown as down, without old
 * figures.
 */
final class FleetCollector implements MultiCollector {

  private static final Logger LOG = LoggerFactory.getLogger(FleetCollector.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final QueueBackend backend;
  private final WorkerSnapshots workers;
  private final HandOuts handOuts;
  private final LateReports lateReports;
  private final LastExports exports;
  private final int expectedNodes;
  private final Clock clock;
  private final LongSupplier nanoTime;

  private MetricSnapshots shown = new MetricSnapshots();
  private long shownAt;
  private boolean any;

  /**
   * @param expectedNodes 0 if the settings don't tell
   */
  FleetCollector(
      QueueBackend backend,
      WorkerSnapshots workers,
      HandOuts handOuts,
      LateReports lateReports,
      int expectedNodes,
      Clock clock,
      LongSupplier nanoTime) {
    this.backend = backend;
    this.workers = workers;
    this.handOuts = handOuts;
    this.lateReports = lateReports;
    this.exports = new LastExports(backend.audit(), nanoTime);
    this.expectedNodes = expectedNodes;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized MetricSnapshots collect() {
    long now = nanoTime.getAsLong();
    if (!any || now - shownAt > MAX_AGE.toNanos()) {
      shown = sample();
      shownAt = nanoTime.getAsLong();
      any = true;
    }
    return shown;
  }

  private MetricSnapshots sample() {
    long nowMs = clock.millis();
    try {
      FleetSample sample = FleetSample.of(backend, workers, nowMs);
      StoreHealth health = backend.upkeep().health();
      handOuts.keep(sample.queues().keySet());
      sample.workers().keySet().forEach(lateReports::show);
      StoreSample store =
          StoreSample.of(backend, health.warnings(), sample.workers().keySet(), exports);
      return FleetGauges.of(sample, health.healthy(), store, expectedNodes, nowMs);
    } catch (BackendUnavailableException e) {
      LOG.debug("The store doesn't answer a scrape", e);
      return FleetGauges.of(FleetSample.NOTHING, false, null, expectedNodes, nowMs);
    }
  }
}
