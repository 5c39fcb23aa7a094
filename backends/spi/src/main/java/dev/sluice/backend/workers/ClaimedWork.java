package dev.sluice.backend.workers;

/**
 * An item handed out and claimed.
 *
 * @param sessionId its session
 * @param token the claim's fencing token; grows with every claim of the org
 * @param acceptByMs until when the worker must have given a sign, epoch ms
 * @param project its project
 * @param queuedAtMs its enqueue time, epoch ms
 * @param item the JSON as enqueued, byte for byte
 */
public record ClaimedWork(
    String sessionId, long token, long acceptByMs, String project, long queuedAtMs, String item) {

  /** When it was claimed, epoch ms: a token tells, unless an org made over a thousand in one ms. */
  public long claimedAtMs() {
    return token / 1024;
  }
}
