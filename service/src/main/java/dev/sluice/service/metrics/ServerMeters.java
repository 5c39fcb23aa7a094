package dev.sluice.service.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.IntToLongFunction;

/** Answers by status class, and threads. */
final class ServerMeters implements MultiCollector {

  private static final String RESPONSES = "xx-responses";
  private static final String THREADS = "org.eclipse.jetty.util.thread.";

  private final MetricRegistry registry;
  private final IntToLongFunction direct;

  /** {@code direct} returns the answers that the registry doesn't count, by class of status. */
  ServerMeters(MetricRegistry registry, IntToLongFunction direct) {
    this.registry = registry;
    this.direct = direct;
  }

  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(
        responses(),
        threads("sluice_http_threads", "Threads of the HTTP server", ".size"),
        threads("sluice_http_threads_busy_ratio", "How many of them are busy", ".utilization"));
  }

  /** The names end with {@code ...2xx-responses}. */
  private CounterSnapshot responses() {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name("sluice_http_responses")
            .help("Answers of the API by class of status");
    registry
        .getMeters((name, meter) -> name.endsWith(RESPONSES))
        .forEach(
            (name, meter) -> {
              int at = name.length() - RESPONSES.length() - 1;
              counter.dataPoint(
                  CounterDataPointSnapshot.builder()
                      .value(
                          meter.getCount()
                              + direct.applyAsLong(Character.digit(name.charAt(at), 10)))
                      .labels(Labels.of("class", name.substring(at, at + 3)))
                      .build());
            });
    return counter.build();
  }

  private GaugeSnapshot threads(String name, String help, String suffix) {
    GaugeSnapshot.Builder shown = GaugeSnapshot.builder().name(name).help(help);
    registry.getGauges().entrySet().stream()
        .filter(each -> each.getKey().startsWith(THREADS) && each.getKey().endsWith(suffix))
        .map(each -> ((Gauge<?>) each.getValue()).getValue())
        .filter(Number.class::isInstance)
        .map(Number.class::cast)
        .limit(1)
        .forEach(
            value ->
                shown.dataPoint(
                    GaugeDataPointSnapshot.builder().value(value.doubleValue()).build()));
    return shown.build();
  }
}
