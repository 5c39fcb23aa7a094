package dev.sluice.control;

import dev.sluice.backend.stops.StopOrder;
import java.util.List;
import java.util.Objects;

/**
 * @param receipts one for each session, in the order of stopping
 */
public record StopReport(StopOrder run, List<StopReceipt> receipts) {

  public StopReport {
    receipts = List.copyOf(receipts);
  }

  /** Ended by their workers. */
  public long confirmed() {
    return count(StopReceipt.Kind.ACKNOWLEDGED) + count(StopReceipt.Kind.ENDED);
  }

  /** Released by time. */
  public long unconfirmed() {
    return count(StopReceipt.Kind.SILENT);
  }

  /** Unconfirmed, but their workers still called. */
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

  public long count(StopReceipt.Kind kind) {
    return receipts.stream().filter(receipt -> receipt.kind() == kind).count();
  }
}
