package dev.sluice.backend.workers;

/**
 * A claimed item.
 *
 * @param token fencing token; grows with every claim of the org
 * @param acceptByMs accept deadline, epoch ms
 * @param queuedAtMs enqueue time, epoch ms
 * @param item the JSON byte for byte as enqueued
 */
public record ClaimedWork(
    String sessionId, long token, long acceptByMs, String project, long queuedAtMs, String item) {

  /**
   * Returns the claim time of the token, epoch ms; exact up to a thousand claims of an org per ms.
   */
  public long claimedAtMs() {
    return token / 1024;
  }
}
