package dev.sluice.backend.engine.records;

/**
 * The counters of an org. They never decrease, but for times when they are set. Times are epoch ms.
 *
 * @param seq of the last change
 * @param token of the last claim
 * @param nowMs time of the last change
 * @param lastSweepMs 0 before the first
 * @param gapEndMs end of the last outage, a gap between sweeps that was too long
 * @param frontMs time used for the last item put in front
 */
public record Counters(
    long seq, long token, long nowMs, long lastSweepMs, long gapEndMs, long frontMs) {

  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);
}
