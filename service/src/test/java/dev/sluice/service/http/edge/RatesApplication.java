package dev.sluice.service.http.edge;

import dev.sluice.service.SluiceApplication;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

public final class RatesApplication extends SluiceApplication {

  private static final AtomicLong NANOS = new AtomicLong();

  static void pass(Duration time) {
    NANOS.addAndGet(time.toNanos());
  }

  @Override
  protected LongSupplier nanoTime() {
    return NANOS::get;
  }
}
