package dev.sluice.backend.work;

import java.util.Locale;

/**
 * One reason why work waits.
 *
 * @param kind for programs
 * @param words for people, a clause without a full stop
 */
public record WaitReason(Kind kind, String words) {

  /** The reasons there are. */
  public enum Kind {
    /** Another session of its issue goes first. */
    BEHIND_ISSUE,
    /** Its time has not come. */
    NOT_BEFORE,
    /** The worker that nacked it isn't offered it for a while. */
    NACKED,
    /** Its project is paused. */
    PAUSED,
    /** As many sessions of its project are claimed as may be. */
    CAPPED,
    /** Its project's budget of the day is spent. */
    OVER_BUDGET,
    /** Other work goes first. */
    IN_ORDER,
    /** No worker takes its project. */
    NO_WORKER,
    /** Of those that take its project none has all that it requires. */
    NO_CAPABILITY,
    /** Those that could take it are silent. */
    WORKERS_SILENT,
    /** Those that could take it are draining. */
    WORKERS_DRAINING,
    /** Those that could take it are quarantined. */
    WORKERS_QUARANTINED,
    /** Those that could take it have too many standing nacks. */
    WORKERS_NACKING,
    /** Those that could take it have no free slot. */
    WORKERS_FULL;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
