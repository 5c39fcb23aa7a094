package dev.sluice.backend;

/**
 * What a sweep did.
 *
 * @param leasesLost sessions returned because their worker was silent
 * @param acceptsMissed sessions returned because nobody accepted them
 * @param released stopped sessions whose grace was over
 * @param due entries of the time-ordered set that were handled
 */
public record SweepResult(int leasesLost, int acceptsMissed, int released, int due) {}
