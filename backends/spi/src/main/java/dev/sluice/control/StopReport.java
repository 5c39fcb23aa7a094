package dev.sluice.control;

import dev.sluice.backend.stops.StopOrder;
import java.util.List;
import java.util.Objects;

/**
 * What became of an order to stop many.
 *
 * @param run the order
 * @param receipts one for each of its sessions, in the order in which they were stopped
 */
public record StopReport(StopOrder run, List<StopReceipt> receipts) {

  public StopReport {
    receipts = List.copyOf(receipts);
  }

  /** How many sessions no longer run, by the word of their workers. */
  public long confirmed() {
    return count(StopReceipt.Kind.ACKNOWLEDGED) + count(StopReceipt.Kind.ENDED);
  }

  /** How many sessions were released without a word of their workers. */
  public long unconfirmed() {
    return count(StopReceipt.Kind.SILENT);
  }

  /** How many sessions their workers still called about after that. */
  public long stillReporting() {
    return receipts.stream().filter(receipt -> receipt.heardMs() != 0).count();
  }

  /** Hosts of unconfirmed sessions, sorted. */
  public List<String> hosts() {
    return receipts.stream()
        .map(StopReceipt::host)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** How many sessions have come so far and no further. */
  public long count(StopReceipt.Kind kind) {
    return receipts.stream().filter(receipt -> receipt.kind() == kind).count();
  }
}
