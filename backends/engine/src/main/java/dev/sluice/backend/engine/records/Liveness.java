package dev.sluice.backend.engine.records;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a worker that changes with every sign of life. Kept apart, so that polls copy, send
 * and store little. Times are epoch ms.
 *
 * @param silent true once the lease ran out
 * @param activeCount as reported
 * @param lastPollMs 0 before the first
 * @param lastRequest id of the last poll
 * @param lastClaims of that poll
 * @param settledUntilMs claims up to this time no longer count as no-shows
 * @param offeredBy the node of the last poll that offered jobs, or messages that the next poll
 *     acknowledges
 * @param offeredBySinceMs since when that node alone has made such offers
 */
@RecordBuilder
public record Liveness(
    long leaseUntilMs,
    long lastSeenMs,
    boolean silent,
    int activeCount,
    long lastPollMs,
    @Nullable String lastRequest,
    List<ClaimRef> lastClaims,
    long settledUntilMs,
    @Nullable String offeredBy,
    long offeredBySinceMs)
    implements LivenessBuilder.With {

  public record ClaimRef(String sessionId, long token) {}

  public Liveness(
      long leaseUntilMs,
      long lastSeenMs,
      boolean silent,
      int activeCount,
      long lastPollMs,
      @Nullable String lastRequest,
      List<ClaimRef> lastClaims,
      long settledUntilMs) {
    this(
        leaseUntilMs,
        lastSeenMs,
        silent,
        activeCount,
        lastPollMs,
        lastRequest,
        lastClaims,
        settledUntilMs,
        null,
        0);
  }

  /** Ends the lease this long after the last sign. */
  public Liveness leased(long leaseMs) {
    return withLeaseUntilMs(lastSeenMs + leaseMs);
  }

  public Liveness seen(long nowMs, long leaseMs) {
    return with(seen -> seen.leaseUntilMs(nowMs + leaseMs).lastSeenMs(nowMs).silent(false));
  }

  public Liveness polled(String request, List<ClaimRef> claims) {
    return with(polled -> polled.lastPollMs(lastSeenMs).lastRequest(request).lastClaims(claims));
  }

  /**
   * Notes that an answer offers jobs or messages.
   *
   * @param again true if it is the answer of the last poll, told again
   */
  public Liveness offering(@Nullable String node, boolean again) {
    boolean same = again || (node != null && node.equals(offeredBy));
    return offeredBy(node, same ? offeredBySinceMs : lastSeenMs);
  }

  public Liveness offeredBy(@Nullable String node, long sinceMs) {
    return with(offering -> offering.offeredBy(node).offeredBySinceMs(sinceMs));
  }

  /** True if this node made the offers of that time: it repeats an answer that it can't write. */
  public boolean wasOfferedBy(String node, long offeredAtMs) {
    return node.equals(offeredBy) && offeredAtMs >= offeredBySinceMs;
  }

  /** Leaves no time after now and no lease beyond {@code leaseMs}. */
  public Liveness notAfter(long nowMs, long leaseMs) {
    return with(
        limited ->
            limited
                .leaseUntilMs(Math.min(leaseUntilMs, nowMs + leaseMs))
                .lastSeenMs(Math.min(lastSeenMs, nowMs))
                .lastPollMs(Math.min(lastPollMs, nowMs))
                .settledUntilMs(Math.min(settledUntilMs, nowMs))
                .offeredBySinceMs(Math.min(offeredBySinceMs, nowMs)));
  }

  public Liveness settled(long untilMs) {
    return untilMs <= settledUntilMs ? this : withSettledUntilMs(untilMs);
  }
}
