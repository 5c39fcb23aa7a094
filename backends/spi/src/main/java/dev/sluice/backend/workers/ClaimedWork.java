package dev.sluice.backend.workers;

/**
 * @param token grows with every claim of the org
 * @param acceptByMs accept deadline, epoch ms
 * @param queuedAtMs enqueue time, epoch ms
 * @param item JSON byte for byte as enqueued
 */
public record ClaimedWork(
    String sessionId, long token, long acceptByMs, String project, long queuedAtMs, String item) {

  /** Claim time by the token, epoch ms; exact up to a thousand claims of an org per ms. */
  public long claimedAtMs() {
    return token / 1024;
  }
}
