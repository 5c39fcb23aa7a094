package dev.sluice.backend.store;

/**
 * @param leasesLost claims lost by silence
 * @param released stopped sessions whose grace ended
 * @param due deadlines handled
 * @param pruned records deleted
 * @param more true if more may be due now
 */
public record SweepResult(
    int leasesLost, int acceptsMissed, int released, int due, int pruned, boolean more) {

  public static final SweepResult NOTHING = new SweepResult(0, 0, 0, 0, 0, false);

  public boolean changed() {
    return leasesLost + acceptsMissed + released + due + pruned > 0;
  }

  public SweepResult and(SweepResult then) {
    return new SweepResult(
        leasesLost + then.leasesLost,
        acceptsMissed + then.acceptsMissed,
        released + then.released,
        due + then.due,
        pruned + then.pruned,
        then.more);
  }
}
