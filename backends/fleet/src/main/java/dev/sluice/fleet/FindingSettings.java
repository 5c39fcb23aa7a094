package dev.sluice.fleet;

import java.time.Duration;

/**
 * The settings of findings.
 *
 * @param everyMs pause between looks at all orgs; 0 to record nothing
 * @param holdMs how long a finding is seen before it is recorded
 * @param graceMs how long after a start or an outage silence is no finding
 * @param oldestMs age of waiting work; 0 for no limit
 * @param burnMicroUsd cost an hour, in millionths of a dollar; 0 for no limit
 * @param failures dead letters of one cause within an hour; 0 for no limit
 * @param tell true if begins are told outside; ends of told ones are anyway
 */
public record FindingSettings(
    long everyMs,
    long holdMs,
    long graceMs,
    long oldestMs,
    long burnMicroUsd,
    int failures,
    boolean tell) {

  /** Keeps no records and has no grace. */
  public static final FindingSettings UNRECORDED =
      new FindingSettings(0, 0, 0, Duration.ofHours(1).toMillis(), 0, 3, false);
}
