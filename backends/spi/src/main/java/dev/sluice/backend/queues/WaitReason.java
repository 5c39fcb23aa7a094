package dev.sluice.backend.queues;

import java.util.Locale;

/**
 * A reason why work waits.
 *
 * @param words for people, a clause without a full stop
 */
public record WaitReason(Kind kind, String words) {

  public enum Kind {
    BEHIND_ISSUE,
    NOT_BEFORE,
    /** The worker that nacked it is excluded for a while. */
    NACKED,
    PAUSED,
    /** The project's limit of claimed sessions. */
    CAPPED,
    OVER_BUDGET,
    IN_ORDER,
    /** No worker takes its project. */
    NO_WORKER,
    /** No worker of its project has the capabilities. */
    NO_CAPABILITY,
    /** This and the next: all that could take it are so. */
    WORKERS_SILENT,
    WORKERS_DRAINING,
    WORKERS_QUARANTINED,
    /** Too many standing nacks. */
    WORKERS_NACKING,
    WORKERS_FULL,
    /** No worker of its project and capabilities lists its repository. */
    NO_REPOSITORY;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
