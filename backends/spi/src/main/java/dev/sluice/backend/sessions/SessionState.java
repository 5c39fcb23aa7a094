package dev.sluice.backend.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.work.Place;

/** The states of a session, and the effect of a worker's report in each. */
public enum SessionState {
  PENDING,
  CLAIMED,
  RUNNING,
  FINALIZING,
  COMPLETED,
  FAILED,
  STOPPED;

  public enum Transition {
    /** State and fields change. */
    ADVANCE,
    /** Fields change, the state stays. */
    MERGE,
    /** Repeats the recorded end; nothing changes. */
    REPEAT,
    /** The session has ended; accepted without effect. */
    LATE,
    /** Contradicts the recorded end; nothing changes. */
    CONFLICT
  }

  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == STOPPED;
  }

  /** The server alone sets {@code PENDING} and {@code CLAIMED}. */
  public boolean reportable() {
    return this != PENDING && this != CLAIMED;
  }

  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Refuses a call that the place or this state does not allow. */
  public RefusedException refusal(String sessionId, Place place) {
    boolean byState = place == Place.CLAIMED || place == Place.ENDED;
    String words = "session " + sessionId + " is " + (byState ? wire() : place.wire());
    return new RefusedException(Refusal.WRONG_STATE, words, null);
  }

  /** Returns the effect of an owner's report: docs/rules.md, "Report". */
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
