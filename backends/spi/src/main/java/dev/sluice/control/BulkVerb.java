package dev.sluice.control;

import java.util.Locale;

/** What can be done to all that a filter matches. */
public enum BulkVerb {
  /** Dead letters run anew. */
  REQUEUE,
  /** Dead letters are thrown away. */
  DISCARD,
  /** Waiting work ends as stopped. */
  CANCEL,
  /** Waiting work gets another priority. */
  REPRIORITISE;

  /** Whether it is about dead letters; the others are about waiting work of one project. */
  public boolean ofDeadLetters() {
    return this == REQUEUE || this == DISCARD;
  }

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
