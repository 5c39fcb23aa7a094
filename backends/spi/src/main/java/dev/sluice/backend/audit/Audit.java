package dev.sluice.backend.audit;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, and why. Operations that are given an {@link AuditNote} leave a line in their own
 * step, also where they find everything as it is to be; one that is refused leaves none. So there
 * is no act without its line, and no line of what didn't happen.
 *
 * <p>An act that repeats the latest of its org is counted in the line of that, {@link
 * AuditLine#again}. Lines are kept for {@link Rules.Kept#auditMs()}. Where that is more than {@link
 * Rules.Kept#maxAudit()} of an org, the oldest of the actor with the most lines go, so that nobody
 * loses lines to an actor that makes more.
 */
public interface Audit {

  /**
   * The lines of an org, the latest first.
   *
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   * @throws RefusedException {@link Refusal#BAD_CURSOR} for a cursor of another list or org
   */
  Decided<Page<AuditLine>> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * Leaves a line of an act that is no step of the org's own: a key is minted or revoked, a write
   * was refused, a raw item looked at. It is to be called before the act: a line may then stand
   * without its act, never an act without its line.
   *
   * @param verb one word
   * @param object to what; a name as in {@link Names}
   * @param detail short, without control characters; may be empty
   * @return the line
   */
  Decided<AuditLine> add(String org, AuditNote note, String verb, String object, String detail);

  /** The key of a line in the list: its id, and the org, since ids are numbers of each org. */
  static Cursor cursor(String org, AuditLine line) {
    return new Cursor(line.id(), org);
  }

  /**
   * Only lines with a lower id than this are on a page.
   *
   * @param cursor where the page before ended, or null
   * @throws RefusedException {@link Refusal#BAD_CURSOR}
   */
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
