package dev.sluice.service.metrics;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.service.errors.Refusals;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Times the calls of a store, and counts those that it refuses or doesn't answer. */
public final class StoreTimes {

  private final Meters meters;
  private final LongSupplier nanoTime;

  /** The series of a call starts with the first call. */
  private final Map<StoreCall, DistributionDataPoint> seconds = new ConcurrentHashMap<>();

  StoreTimes(Meters meters, LongSupplier nanoTime) {
    this.meters = meters;
    this.nanoTime = nanoTime;
    for (StoreCall call : StoreCall.values()) {
      meters.storeFailures.initLabelValues(call.label);
    }
  }

  public <T> T call(StoreCall name, Supplier<T> call) {
    long start = nanoTime.getAsLong();
    try {
      return call.get();
    } catch (BackendUnavailableException e) {
      meters.storeFailures.labelValues(name.label).inc();
      throw e;
    } catch (RuntimeException e) {
      Refusal refusal = Refusals.kind(e);
      if (refusal != null) {
        meters.refused(refusal);
      }
      throw e;
    } finally {
      seconds
          .computeIfAbsent(name, each -> meters.storeSeconds.labelValues(each.label))
          .observe((nanoTime.getAsLong() - start) / 1e9);
    }
  }

  public void run(StoreCall name, Runnable call) {
    call(
        name,
        () -> {
          call.run();
          return name;
        });
  }
}
