package dev.sluice.backend.audit;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: docs/rules.md, "Audit". Lines are kept for {@link Rules.Kept#auditMs()}. Beyond
 * {@link Rules.Kept#maxAudit()} lines of an org, the oldest of the actor with the most lines go.
 */
public interface Audit {

  /**
   * The latest first.
   *
   * @throws RefusedException {@link Refusal#BAD_CURSOR}, also for another org's
   */
  Page<AuditLine> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * Writes a line for an act outside the org's state, such as a key minted or a raw item read. Call
   * it before the act, so that no act is without a line.
   *
   * @param verb one word
   * @param object a name as in {@link Names}
   * @param detail short, without control characters; may be empty
   */
  AuditLine add(String org, AuditNote note, String verb, String object, String detail);

  /** A line's id and org, since ids are per org. */
  static Cursor cursor(String org, AuditLine line) {
    return new Cursor(line.id(), org);
  }

  /** The id that lines of the page must be below. */
  static long before(String org, @Nullable Cursor cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!cursor.name().equals(org) || cursor.number() < 0) {
      throw Cursor.bad();
    }
    return cursor.number();
  }
}
