package dev.sluice.service.http.edge;

import java.util.Set;
import java.util.concurrent.TimeUnit;

final class BodyRules {

  /** The limit for a caller without a known credential, bytes. */
  static final int STRANGER_BYTES = 16 * 1024;

  private static final int BULK_BYTES = 8 * 1024 * 1024;
  private static final int CALL_BYTES = 2 * 1024 * 1024;

  /** Has its item, twice in some clients and with each character escaped. */
  private static final int NACK_BYTES = 16 * 1024 * 1024;

  private static final Set<String> BULK_PATHS =
      Set.of("/api/work", "/api/batches", "/api/batch-work", "/api/import");
  private static final Set<String> OPEN_PATHS = Set.of("/api/login", "/api/logout");
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int minBytesPerSecond;
  private final Budget known;
  private final Budget strangers;

  /**
   * {@code memory} is for bodies of known callers that are not served yet; others get a quarter of
   * it.
   */
  BodyRules(int minBytesPerSecond, long memory) {
    this.minBytesPerSecond = minBytesPerSecond;
    this.known = new Budget(memory);
    this.strangers = new Budget(memory / 4);
  }

  static int most(String path) {
    if (path.startsWith("/api/sessions/") && path.endsWith("/nack")) {
      return NACK_BYTES;
    }
    return BULK_PATHS.contains(path) ? BULK_BYTES : CALL_BYTES;
  }

  /** True if the call reads its body before it checks a credential. */
  static boolean open(String path) {
    return !path.startsWith("/api/") || OPEN_PATHS.contains(path);
  }

  int minBytesPerSecond() {
    return minBytesPerSecond;
  }

  boolean tooSlow(int bytes, long nanos) {
    return nanos > GRACE_NANOS
        && bytes < minBytesPerSecond * (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  /** {@code small} may use the last quarter of the memory. */
  boolean take(boolean ofKnown, boolean small, int bytes) {
    Budget budget = ofKnown ? known : strangers;
    return budget.take(bytes, small ? budget.total() : budget.total() / 4 * 3);
  }

  void release(boolean ofKnown, int bytes) {
    (ofKnown ? known : strangers).release(bytes);
  }
}
