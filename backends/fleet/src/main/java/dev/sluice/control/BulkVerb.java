package dev.sluice.control;

import java.util.Locale;

public enum BulkVerb {
  REQUEUE,
  DISCARD,
  /** Waiting work ends as stopped. */
  CANCEL,
  REPRIORITISE;

  /** Other verbs are for waiting work of one project. */
  public boolean ofDeadLetters() {
    return this == REQUEUE || this == DISCARD;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
