package dev.sluice.backend;

/**
 * What a sweep did.
 *
 * @param leasesLost claims taken back because their worker was silent
 * @param acceptsMissed claims taken back because nobody accepted them
 * @param released stopped sessions whose grace was over
 * @param due entries of the time-ordered set that were handled
 * @param pruned records deleted because they were kept long enough
 * @param more whether more may be due at once
 */
public record SweepResult(
    int leasesLost, int acceptsMissed, int released, int due, int pruned, boolean more) {

  /** Nothing was due. */
  public static final SweepResult NOTHING = new SweepResult(0, 0, 0, 0, 0, false);

  /** Whether the org was changed. */
  public boolean changed() {
    return leasesLost + acceptsMissed + released + due + pruned > 0;
  }

  /** This and then that. */
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
