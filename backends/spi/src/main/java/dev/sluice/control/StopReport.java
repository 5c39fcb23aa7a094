package dev.sluice.control;

import dev.sluice.backend.StopRun;
import java.util.List;

/**
 * What became of an order to stop many.
 *
 * @param run the order
 * @param receipts one for each of its sessions, in the order in which they were stopped
 */
public record StopReport(StopRun run, List<StopReceipt> receipts) {

  public StopReport {
    receipts = List.copyOf(receipts);
  }

  /** How many sessions have come so far and no further. */
  public long count(StopReceipt.Kind kind) {
    return receipts.stream().filter(receipt -> receipt.kind() == kind).count();
  }
}
