package dev.sluice.service.metrics;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.FailedAuthentication;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counters of this node; see docs/operating.md. Sum them over nodes. Thread-safe.
 *
 * <p>Each series whose labels are known begins at 0 with the node: Prometheus sees no increase in a
 * series that begins with its first event.
 */
public final class Meters {

  public enum Requeue {
    LEASE,
    ACCEPT,
    NACK,
    DEREGISTERED,
    /** An answer to a poll that couldn't be written. */
    UNWRITTEN,
    BY_HAND
  }

  /** The outcome of tracing a run. */
  public enum Traced {
    EXPORTED,
    DROPPED
  }

  enum Swept {
    LEASE,
    ACCEPT,
    RELEASED,
    DUE,
    PRUNED
  }

  private static final double[] STORE_SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1
  };
  private static final double[] FLEET_SECONDS = {
    0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400
  };

  /** The cause of a run whose worker told none. */
  private static final String UNTOLD = "untold";

  /** A cause that the table doesn't know: they could be without number. */
  private static final String OTHER = "other";

  /** An alert needs its series even if no sweep succeeds. */
  private static final String SWEEP = StoreCall.UPKEEP_SWEEP.label;

  private final PrometheusRegistry registry = new PrometheusRegistry();

  final Throughput throughput = new Throughput();

  final Histogram storeSeconds =
      histogram(
          "sluice_store_operation_seconds",
          "How long calls of the store took, refused ones too",
          STORE_SECONDS,
          "operation");
  final Counter storeFailures =
      counter("sluice_store_failures", "Calls that the store didn't answer", "operation");
  final Counter refusals =
      counter(
          "sluice_refusals", "Calls and items that the store refused", "kind", Refusal.values());
  final Counter handOuts =
      counter("sluice_handouts", "Items that polls handed out", "org", "project");
  final Histogram waitSeconds =
      histogram(
          "sluice_wait_seconds",
          "From the enqueue time of an item to the poll that handed it out",
          FLEET_SECONDS);
  final Histogram acceptSeconds =
      histogram(
          "sluice_accept_seconds",
          "From a claim to its worker's first report that it runs",
          FLEET_SECONDS);
  final Counter requeues =
      counter(
          "sluice_requeues",
          "Sessions that left their worker or their end",
          "reason",
          Requeue.values());
  final Counter failedRuns =
      counter("sluice_failed_runs", "Runs that workers reported as failed", "cause");
  final LateReports lateReports =
      new LateReports(
          counter(
              "sluice_reports_after_stop",
              "Calls of workers about sessions whose stop is over: their agents run",
              "org"));
  final Counter sweeps = counter("sluice_swept", "What sweeps found due", "result", Swept.values());
  private final Counter tracedRuns =
      counter(
          "sluice_traced_runs",
          "Runs whose spans the collector took, or that were dropped",
          "result",
          Traced.values());
  final Counter messagesSent =
      counter("sluice_messages_sent", "Messages sent by calls", "lane", Lane.values());
  final Counter messagesAcknowledged =
      counter(
          "sluice_messages_acknowledged",
          "Messages that a call acknowledged",
          "lane",
          Lane.values());
  final Histogram messageSeconds =
      histogram(
          "sluice_message_lag_seconds",
          "From the sending of a message to the call that acknowledged it",
          FLEET_SECONDS,
          "lane");

  private final Counter failedAuthentications =
      counter(
          "sluice_failed_authentications",
          "Calls whose credential didn't count",
          "reason",
          FailedAuthentication.values());
  private final Counter limited =
      counter("sluice_rate_limited", "Calls refused by a rate of the configuration", "limit");

  public Meters() {
    Admission.RATES.forEach(limited::initLabelValues);
    lateReports.show(CallerVerifier.DEFAULT_ORG);
    Failure.known().forEach(failedRuns::initLabelValues);
    List.of(UNTOLD, OTHER).forEach(failedRuns::initLabelValues);
    storeSeconds.initLabelValues(SWEEP);
    for (Lane lane : Lane.values()) {
      messageSeconds.initLabelValues(label(lane));
    }
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  void failed(@Nullable Failure failure) {
    String told = failure == null ? UNTOLD : failure.cause();
    String cause = failure == null || Failure.known().contains(told) ? told : OTHER;
    failedRuns.labelValues(cause).inc();
  }

  void refused(Refusal kind) {
    refusals.labelValues(label(kind)).inc();
  }

  public void authenticationFailed(String reason) {
    failedAuthentications.labelValues(reason).inc();
  }

  public void traced(Traced result, int runs) {
    tracedRuns.labelValues(label(result)).inc(runs);
  }

  public void rateLimited(String setting) {
    limited.labelValues(setting).inc();
  }

  public PrometheusRegistry registry() {
    return registry;
  }

  public NodeTotals rates() {
    return throughput;
  }

  /** Call once; the supplier must not block. */
  public void showParkedPolls(IntSupplier parked) {
    GaugeWithCallback.builder()
        .name("sluice_parked_polls")
        .help("Polls that wait on this node for something to bring")
        .callback(callback -> callback.call(parked.getAsInt()))
        .register(registry);
  }

  /** Call once; the supplier must not block. */
  public void showFollowedWork(IntSupplier followed) {
    GaugeWithCallback.builder()
        .name("sluice_followed_work")
        .help("Calls that wait on this node for a change of a work item")
        .callback(callback -> callback.call(followed.getAsInt()))
        .register(registry);
  }

  /** Call once; the supplier must not block. */
  public void showEventReaders(IntSupplier readers) {
    GaugeWithCallback.builder()
        .name("sluice_event_readers")
        .help("Streams of events, and calls that wait for events, on this node")
        .callback(callback -> callback.call(readers.getAsInt()))
        .register(registry);
  }

  private Counter counter(String name, String help, String label, Enum<?>[] values) {
    Counter counter = counter(name, help, label);
    for (Enum<?> value : values) {
      counter.initLabelValues(label(value));
    }
    return counter;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  public LateReports lateReports() {
    return lateReports;
  }
}
