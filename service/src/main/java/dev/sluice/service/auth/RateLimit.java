package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.RatePolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Needs no locks: each name has the time at which its bucket is full again. Remembers at most
 * {@value #MAX_NAMES} names; a forgotten one starts with a full bucket.
 */
final class RateLimit {

  private static final int MAX_NAMES = 100_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final String setting;
  private final Rate rate;
  private final LongSupplier nanoTime;
  private final long start;
  private final Cache<String, AtomicLong> fullAgain =
      Caffeine.newBuilder().maximumSize(MAX_NAMES).build();

  RateLimit(String setting, Rate rate, LongSupplier nanoTime) {
    this.setting = setting;
    this.rate = rate;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  boolean on() {
    return rate.limits();
  }

  /** Returns the time to wait in ns; 0 grants the call. */
  long take(String name) {
    if (!on()) {
      return 0;
    }
    AtomicLong bucket = fullAgain.get(name, key -> new AtomicLong());
    while (true) {
      long full = bucket.get();
      long wait = toWait(full);
      if (wait > 0) {
        return wait;
      }
      if (bucket.compareAndSet(full, Math.max(full, now()) + SECOND / rate.perSecond())) {
        return 0;
      }
    }
  }

  boolean exhausted(String name) {
    AtomicLong bucket = on() ? fullAgain.getIfPresent(name) : null;
    return bucket != null && toWait(bucket.get()) > 0;
  }

  ApiException refusal(String whose, long waitNs) {
    return ApiException.tooMany(
        "Too many calls "
            + whose
            + ", the limit is "
            + rate.atOnce()
            + " at once and "
            + rate.perSecond()
            + " a second ("
            + setting
            + "); try again later",
        Math.max(1, (waitNs + SECOND - 1) / SECOND),
        RatePolicy.ofBucket(setting, rate.atOnce(), rate.perSecond()));
  }

  private long toWait(long full) {
    long perCall = SECOND / rate.perSecond();
    return Math.max(0, full - now() - (rate.atOnce() - 1) * perCall);
  }

  private long now() {
    return nanoTime.getAsLong() - start;
  }
}
