package dev.sluice.backend.sessions;

import java.util.Locale;

/**
 * Why a claim comes back without a report of its end: docs/rules.md, "Failed runs". No item and no
 * project may say what follows.
 */
public enum OwnCause {
  /** Its worker was silent for a lease. */
  LEASE_LOST(Remedy.NOW),
  /** Its worker didn't accept it in time. */
  ACCEPT_MISSED(Remedy.NOW),
  /** Its worker can't begin it. */
  NACKED(Remedy.ELSEWHERE),
  /** Its worker says that it can run nowhere. */
  DENIED(Remedy.ELSEWHERE);

  private final Remedy remedy;

  OwnCause(Remedy remedy) {
    this.remedy = remedy;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** The name in the table and in figures. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
