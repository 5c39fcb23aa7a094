package dev.sluice.backend.workers;

/**
 * Claimed work. Times are epoch ms.
 *
 * @param token grows with every claim of the org
 * @param acceptByMs accept deadline
 * @param item JSON byte for byte as enqueued
 */
public record ClaimedWork(
    String sessionId, long token, long acceptByMs, String project, long queuedAtMs, String item) {

  /** Claim time by the token, epoch ms; exact up to a thousand claims of an org per ms. */
  public long claimedAtMs() {
    return token / 1024;
  }
}
