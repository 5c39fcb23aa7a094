package dev.sluice.service.edge;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Limits of request bodies. */
final class BodyRules {

  /** The most that a caller without a known credential may send, in bytes. */
  static final int STRANGER_BYTES = 16 * 1024;

  private static final int BULK_BYTES = 8 * 1024 * 1024;
  private static final int CALL_BYTES = 2 * 1024 * 1024;
  private static final Set<String> BULK_PATHS = Set.of("/api/work", "/api/batch-work");
  private static final Set<String> OPEN_PATHS = Set.of("/api/login", "/api/logout");
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int minBytesPerSecond;
  private final Budget known;
  private final Budget strangers;

  /**
   * @param memory bytes that the bodies of known callers may hold before their calls are served;
   *     those of strangers a quarter of that
   */
  BodyRules(int minBytesPerSecond, long memory) {
    this.minBytesPerSecond = minBytesPerSecond;
    this.known = new Budget(memory);
    this.strangers = new Budget(memory / 4);
  }

  /** The longest body that a known caller may send to a path. */
  static int most(String path) {
    return BULK_PATHS.contains(path) ? BULK_BYTES : CALL_BYTES;
  }

  /** True if a call of that path reads its body before it looks for a credential. */
  static boolean open(String path) {
    return !path.startsWith("/api/") || OPEN_PATHS.contains(path);
  }

  int minBytesPerSecond() {
    return minBytesPerSecond;
  }

  /** True if that many bytes in that time are too few. */
  boolean tooSlow(int bytes, long nanos) {
    return nanos > GRACE_NANOS
        && bytes < minBytesPerSecond * (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  /**
   * Takes memory for a body.
   *
   * @param small leaves nothing in reserve: large bodies never take the last quarter
   */
  boolean take(boolean ofKnown, boolean small, int bytes) {
    Budget budget = ofKnown ? known : strangers;
    return budget.take(bytes, small ? budget.total() : budget.total() / 4 * 3);
  }

  void release(boolean ofKnown, int bytes) {
    (ofKnown ? known : strangers).release(bytes);
  }
}
