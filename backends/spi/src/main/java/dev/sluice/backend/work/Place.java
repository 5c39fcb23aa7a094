package dev.sluice.backend.work;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of a session; every live session is in exactly one: docs/rules.md, "States and places".
 */
public enum Place {
  /** In its bucket, open to any worker. */
  READY,
  /** Behind another of its issue. */
  PARKED,
  /** Before its not-before time. */
  LATER,
  /** In its bucket, closed to workers that nacked it until their back-offs end. */
  RETURNED,
  /** Claimed, or stopped and not yet released. */
  CLAIMED,
  /** Kept for a requeue. */
  DEAD,
  ENDED;

  public static final Set<Place> ANY = Set.of(values());

  public static final Set<Place> WAITING = Set.of(READY, PARKED, LATER, RETURNED);

  public boolean waits() {
    return WAITING.contains(this);
  }

  /** True if it runs no more, unless somebody requeues it. */
  public boolean over() {
    return this == ENDED || this == DEAD;
  }

  /**
   * True if they no longer wait and have a list; ended ones have none by project.
   *
   * @param project null for the whole org
   */
  public boolean listed(@Nullable String project) {
    return !waits() && (project == null || this != ENDED);
  }

  /** True if in the order of hand-out. */
  public boolean inOrder() {
    return this == READY || this == RETURNED;
  }

  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
