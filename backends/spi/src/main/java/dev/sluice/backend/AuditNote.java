package dev.sluice.backend;

import org.jspecify.annotations.Nullable;

/**
 * The actor and reason of an act.
 *
 * @param actor id of a key or name of an operator
 * @param reason see {@link #problem}; may be empty
 */
public record AuditNote(String actor, String reason) {

  public static final int MAX_REASON_BYTES = 1_024;

  /** For acts of Sluice itself after an upgrade. */
  public static final AuditNote UPGRADE = new AuditNote("sluice", "all nodes know it");

  public static @Nullable String problem(String reason) {
    return reason.isEmpty() ? null : Names.problem(reason, MAX_REASON_BYTES);
  }
}
