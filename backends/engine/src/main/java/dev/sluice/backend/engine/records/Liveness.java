package dev.sluice.backend.engine.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a worker with every sign of life. Kept apart from its record, so that the many
 * polls copy, send and store little.
 *
 * @param leaseUntilMs until when it may be silent, epoch ms
 * @param lastSeenMs its last sign of life, epoch ms
 * @param silent whether its lease has run out
 * @param activeCount how many sessions it said it runs
 * @param lastPollMs its last poll, epoch ms; 0 before the first
 * @param lastRequest id of its last poll; null before the first
 * @param lastClaims what that poll claimed
 * @param judgedUntilMs hand-outs up to this time count as no-shows no more, epoch ms
 */
public record Liveness(
    long leaseUntilMs,
    long lastSeenMs,
    boolean silent,
    int activeCount,
    long lastPollMs,
    @Nullable String lastRequest,
    List<ClaimRef> lastClaims,
    long judgedUntilMs) {

  /**
   * One claim.
   *
   * @param token of the claim
   */
  public record ClaimRef(String sessionId, long token) {}

  /** After a sign of life. */
  public Liveness seen(long nowMs, long leaseMs) {
    return new Liveness(
        nowMs + leaseMs,
        nowMs,
        false,
        activeCount,
        lastPollMs,
        lastRequest,
        lastClaims,
        judgedUntilMs);
  }

  /** With the number of sessions it says it runs. */
  public Liveness running(int count) {
    return new Liveness(
        leaseUntilMs,
        lastSeenMs,
        silent,
        count,
        lastPollMs,
        lastRequest,
        lastClaims,
        judgedUntilMs);
  }

  /** After a poll, which was its last sign of life. */
  public Liveness polled(String request, List<ClaimRef> claims) {
    return new Liveness(
        leaseUntilMs, lastSeenMs, silent, activeCount, lastSeenMs, request, claims, judgedUntilMs);
  }

  /** With no time ahead of now, and no lease longer than that. */
  public Liveness notAfter(long nowMs, long leaseMs) {
    return new Liveness(
        Math.min(leaseUntilMs, nowMs + leaseMs),
        Math.min(lastSeenMs, nowMs),
        silent,
        activeCount,
        Math.min(lastPollMs, nowMs),
        lastRequest,
        lastClaims,
        Math.min(judgedUntilMs, nowMs));
  }

  /** After its lease ran out. */
  public Liveness fallSilent() {
    return new Liveness(
        leaseUntilMs,
        lastSeenMs,
        true,
        activeCount,
        lastPollMs,
        lastRequest,
        lastClaims,
        judgedUntilMs);
  }

  /** With hand-outs up to a time settled, at least. */
  public Liveness judged(long untilMs) {
    return untilMs <= judgedUntilMs
        ? this
        : new Liveness(
            leaseUntilMs,
            lastSeenMs,
            silent,
            activeCount,
            lastPollMs,
            lastRequest,
            lastClaims,
            untilMs);
  }
}
