package dev.sluice.backend.engine.records;

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
    long offeredBySinceMs) {

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
    return with(lastSeenMs + leaseMs, lastSeenMs, silent, activeCount);
  }

  public Liveness seen(long nowMs, long leaseMs) {
    return with(nowMs + leaseMs, nowMs, false, activeCount);
  }

  public Liveness running(int count) {
    return with(leaseUntilMs, lastSeenMs, silent, count);
  }

  public Liveness polled(String request, List<ClaimRef> claims) {
    return new Liveness(
        leaseUntilMs,
        lastSeenMs,
        silent,
        activeCount,
        lastSeenMs,
        request,
        claims,
        settledUntilMs,
        offeredBy,
        offeredBySinceMs);
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
    return new Liveness(
        leaseUntilMs,
        lastSeenMs,
        silent,
        activeCount,
        lastPollMs,
        lastRequest,
        lastClaims,
        settledUntilMs,
        node,
        sinceMs);
  }

  /** True if this node made the offers of that time: it repeats an answer that it can't write. */
  public boolean wasOfferedBy(String node, long offeredAtMs) {
    return node.equals(offeredBy) && offeredAtMs >= offeredBySinceMs;
  }

  /** Leaves no time after now and no lease beyond {@code leaseMs}. */
  public Liveness notAfter(long nowMs, long leaseMs) {
    return new Liveness(
        Math.min(leaseUntilMs, nowMs + leaseMs),
        Math.min(lastSeenMs, nowMs),
        silent,
        activeCount,
        Math.min(lastPollMs, nowMs),
        lastRequest,
        lastClaims,
        Math.min(settledUntilMs, nowMs),
        offeredBy,
        Math.min(offeredBySinceMs, nowMs));
  }

  public Liveness fallSilent() {
    return with(leaseUntilMs, lastSeenMs, true, activeCount);
  }

  private Liveness with(long newLeaseUntilMs, long newLastSeenMs, boolean nowSilent, int count) {
    return new Liveness(
        newLeaseUntilMs,
        newLastSeenMs,
        nowSilent,
        count,
        lastPollMs,
        lastRequest,
        lastClaims,
        settledUntilMs,
        offeredBy,
        offeredBySinceMs);
  }

  public Liveness settled(long untilMs) {
    return untilMs <= settledUntilMs
        ? this
        : new Liveness(
            leaseUntilMs,
            lastSeenMs,
            silent,
            activeCount,
            lastPollMs,
            lastRequest,
            lastClaims,
            untilMs,
            offeredBy,
            offeredBySinceMs);
  }
}
