package dev.sluice.admin.workers;

import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import org.jspecify.annotations.Nullable;

final class DrainOrders {

  private static final int LATEST_LINES = 200;

  private DrainOrders() {}

  /**
   * Returns the first of consecutive drain entries, or null if the org's latest {@value
   * #LATEST_LINES} entries don't hold it.
   */
  static @Nullable AuditLine find(Audit audit, String org, String workerId) {
    @Nullable AuditLine order = null;
    for (AuditLine line : audit.list(org, null, LATEST_LINES).items()) {
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
