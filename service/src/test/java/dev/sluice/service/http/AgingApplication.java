package dev.sluice.service.http;

import dev.sluice.service.SluiceApplication;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The service whose snapshots and samples, at most a second old, tests may let expire. */
public class AgingApplication extends SluiceApplication {

  private static final Duration EXPIRED = Duration.ofMillis(1_001);
  private static final AtomicLong AHEAD = new AtomicLong();

  /** Lets everything expire that is at most a second old. */
  public static void age() {
    age(EXPIRED);
  }

  public static void age(Duration time) {
    AHEAD.addAndGet(time.toNanos());
  }

  @Override
  protected final LongSupplier nanoTime() {
    return () -> System.nanoTime() + AHEAD.get();
  }
}
