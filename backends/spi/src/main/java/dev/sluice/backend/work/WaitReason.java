package dev.sluice.backend.work;

import java.util.Locale;

/**
 * A reason why work waits.
 *
 * @param kind for programs
 * @param words for people, a clause without a full stop
 */
public record WaitReason(Kind kind, String words) {

  public enum Kind {
    BEHIND_ISSUE,
    NOT_BEFORE,
    /** The worker that nacked it is excluded for a while. */
    NACKED,
    PAUSED,
    /** Its project's limit of claimed sessions is reached. */
    CAPPED,
    /** Its project's budget of the day is spent. */
    OVER_BUDGET,
    IN_ORDER,
    /** No worker takes its project. */
    NO_WORKER,
    /** No worker that takes its project has the required capabilities. */
    NO_CAPABILITY,
    /** All that could take it are silent. */
    WORKERS_SILENT,
    /** All that could take it are draining. */
    WORKERS_DRAINING,
    /** All that could take it are quarantined. */
    WORKERS_QUARANTINED,
    /** All that could take it have too many standing nacks. */
    WORKERS_NACKING,
    /** All that could take it are full. */
    WORKERS_FULL;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
