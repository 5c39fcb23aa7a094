package dev.sluice.backend.audit;

import dev.sluice.backend.Names;
import org.jspecify.annotations.Nullable;

/**
 * Who makes an operation do what it does, and why: what its audit line says besides the act itself.
 *
 * @param actor the id of a key or the name of an operator; a name as in {@link Names}
 * @param reason in the actor's words, see {@link #problem}; empty where none was given
 */
public record AuditNote(String actor, String reason) {

  /** Most UTF-8 bytes of a reason. */
  public static final int MAX_REASON_BYTES = 1_024;

  /**
   * Says what is wrong with a reason, to be put behind the name of its field; null if nothing is.
   */
  public static @Nullable String problem(String reason) {
    return reason.isEmpty() ? null : Names.problem(reason, MAX_REASON_BYTES);
  }
}
