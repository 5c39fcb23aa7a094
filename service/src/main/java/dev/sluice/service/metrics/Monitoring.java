package dev.sluice.service.metrics;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.dispatch.WorkerSnapshots;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Serves {@code /metrics} on the admin connector. */
public final class Monitoring {

  private final Meters meters = new Meters();
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final HandOuts handOuts;
  private final AtomicLongArray directAnswers = new AtomicLongArray(6);

  public Monitoring(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.handOuts = new HandOuts(meters.handOuts, nanoTime);
  }

  public Meters meters() {
    return meters;
  }

  /** Counts an answer that the servlet container doesn't see. */
  public void answeredDirectly(int status) {
    directAnswers.incrementAndGet(status / 100);
  }

  public StoreTimes times() {
    return new StoreTimes(meters, nanoTime);
  }

  public Outcomes outcomes() {
    return new Outcomes(meters, handOuts, clock);
  }

  /**
   * @param expectedNodes 0 if the settings don't tell
   */
  public void show(
      QueueBackend backend,
      WorkerSnapshots workers,
      int expectedNodes,
      Path dataDirectory,
      Environment environment) {
    meters
        .registry()
        .register(
            new FleetCollector(
                backend, workers, handOuts, meters.lateReports, expectedNodes, clock, nanoTime));
    meters.registry().register(new DataFiles(dataDirectory));
    meters.registry().register(new ServerMeters(environment.metrics(), directAnswers::get));
    // An exact path goes before Dropwizard's own page of that name, which speaks another format.
    environment
        .admin()
        .addServlet(
            "prometheus",
            new ScrapeServlet(
                meters.registry(), registry -> JvmMetrics.builder().register(registry)))
        .addMapping("/metrics");
  }
}
