package dev.sluice.backend.engine.records;

/**
 * What an org counts. Nothing here ever goes back but times, and these when they are set.
 *
 * @param seq number of the last change
 * @param token the last claim's token
 * @param nowMs the last change's time, epoch ms
 * @param lastSweepMs time of the last sweep; 0 before the first
 * @param gapEndMs end of the last outage: of the last gap between sweeps that was too long
 * @param frontMs the time with which work was last put in front
 */
public record Counters(
    long seq, long token, long nowMs, long lastSweepMs, long gapEndMs, long frontMs) {

  /** Of a new org. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);
}
