package dev.sluice.backend.sessions;

/**
 * The states of a session, protocol section 7, and what a worker's status report does in each.
 *
 * <pre>
 *   PENDING --poll--> CLAIMED --> RUNNING --> FINALIZING --> COMPLETED | FAILED | STOPPED
 *      ^                 |           |            |
 *      +--- requeue -----+-----------+------------+          (any of the three may end at once)
 * </pre>
 */
public enum SessionState {
  PENDING,
  CLAIMED,
  RUNNING,
  FINALIZING,
  COMPLETED,
  FAILED,
  STOPPED;

  /** What becomes of a report of its owner. */
  public enum Transition {
    /** The state changes, the report's fields are merged. */
    ADVANCE,
    /** The state stays, the report's fields are merged. */
    MERGE,
    /** The end was recorded before: same answer, nothing changed. */
    REPEAT,
    /** Too late: the session ended; accepted without effect. */
    LATE,
    /** Contradicts the recorded end; nothing changed. */
    CONFLICT
  }

  /** Whether this is an end. */
  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == STOPPED;
  }

  /** Whether a worker may report it. {@code PENDING} and {@code CLAIMED} are the server's own. */
  public boolean reportable() {
    return this != PENDING && this != CLAIMED;
  }

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The REC column of protocol section 7: what a report of {@code target} by the owner does to a
   * session in this state.
   */
  public Transition onReport(SessionState target) {
    if (!target.reportable() || this == PENDING) {
      throw new IllegalArgumentException(this + " can't be reported as " + target);
    }
    if (terminal()) {
      return target == this
          ? Transition.REPEAT
          : target.terminal() ? Transition.CONFLICT : Transition.LATE;
    }
    return target == this || (this == FINALIZING && target == RUNNING)
        ? Transition.MERGE
        : Transition.ADVANCE;
  }
}
