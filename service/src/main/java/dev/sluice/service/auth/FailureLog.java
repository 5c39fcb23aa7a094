package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.control.AuditLog;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes failed authentication to the audit log: at most one line a minute for an address, and at
 * most 100 lines at once and one a second in total. Writes no credentials.
 */
final class FailureLog {

  private static final long FOLD = TimeUnit.MINUTES.toNanos(1);
  private static final String ALL = "all";

  /** {@code told} counts the failures in the last line, {@code since} those after it. */
  private record Folded(long lineAt, long told, long since) {}

  private final LongSupplier nanoTime;
  private final RateLimit lines;
  private final Cache<String, Folded> byAddress = Caffeine.newBuilder().maximumSize(10_000).build();

  FailureLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lines = new RateLimit("", new Rate(100, 1), nanoTime);
  }

  void failed(FailedAuthentication kind, String address) {
    long now = nanoTime.getAsLong();
    Folded after = byAddress.asMap().compute(address, (key, before) -> fold(before, now));
    if (after.since() == 0 && lines.take(ALL) == 0) {
      AuditLog.line(
          "-",
          "-",
          "authentication failed",
          kind.label(),
          "from " + address + (after.told() == 1 ? "" : ", " + after.told() + " times"));
    }
  }

  private static Folded fold(@Nullable Folded before, long now) {
    if (before == null) {
      return new Folded(now, 1, 0);
    }
    return now - before.lineAt() >= FOLD
        ? new Folded(now, before.since() + 1, 0)
        : new Folded(before.lineAt(), before.told(), before.since() + 1);
  }
}
