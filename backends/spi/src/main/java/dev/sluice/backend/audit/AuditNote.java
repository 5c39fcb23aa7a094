package dev.sluice.backend.audit;

import dev.sluice.backend.Names;
import org.jspecify.annotations.Nullable;

/**
 * The actor and reason of an act, for its audit line.
 *
 * @param actor id of a key or name of an operator
 * @param reason in the actor's words, see {@link #problem}; may be empty
 */
public record AuditNote(String actor, String reason) {

  public static final int MAX_REASON_BYTES = 1_024;

  /** Returns the problem of a reason, to be put after its field's name; null if valid. */
  public static @Nullable String problem(String reason) {
    return reason.isEmpty() ? null : Names.problem(reason, MAX_REASON_BYTES);
  }
}
