package dev.sluice.admin.workers;

import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import org.jspecify.annotations.Nullable;

/** Who drained a worker, when and why: its record says only that it is drained. */
final class DrainOrders {

  /** Beyond these it isn't looked for: a page costs one read, however much was done since. */
  private static final int LATEST_LINES = 200;

  private DrainOrders() {}

  /**
   * The line that a worker has been drained since, of those in a row the oldest: a drain once more
   * changes nothing.
   *
   * @return null where the latest lines of the org don't hold it
   */
  static @Nullable AuditLine find(Audit audit, String org, String workerId) {
    @Nullable AuditLine order = null;
    for (AuditLine line : audit.list(org, null, LATEST_LINES).value().items()) {
      if (!line.object().equals(workerId)) {
        continue;
      }
      if (line.verb().equals("undrain")) {
        return order;
      }
      if (line.verb().equals("drain")) {
        order = line;
      }
    }
    return order;
  }
}
