package dev.sluice.backend.transfer;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes an org, reads all of it, and fills another one: docs/rules.md, "Closed orgs and copies".
 *
 * <p>While an org is closed every change of it is refused ({@link Refusal#CLOSED}), sweeps
 * included; reads go on. Once it opens, the closed time counts as an outage, so no lease or
 * deadline ends by it.
 */
public interface Transfers {

  /**
   * Closes an org, or replaces its standing closure of the same id, whose {@link Closure#sinceMs}
   * stays. Each worker gets a hint ({@link Hint.Kind#SLOT}), so that waiting polls end.
   *
   * @param note null for no audit line
   * @throws RefusedException {@link Refusal#CLOSED} unless the closure that stands, if any, {@link
   *     Closure#yieldsTo yields}; {@link Refusal#NOT_EMPTY} if a first {@link
   *     Closure.Purpose#IMPORT} finds sessions, archives, workers, projects, jobs, stop orders or
   *     answers; {@link Refusal#UPGRADING} if it would write less than the records say
   */
  Closure close(String org, NewClosure closure, @Nullable AuditNote note);

  /**
   * Opens an org.
   *
   * @param note null for no audit line
   * @return false if it isn't closed, or not by this closure
   */
  boolean open(String org, String closureId, @Nullable AuditNote note);

  /** The closure that stands, if any. */
  Optional<Closure> closure(String org);

  /**
   * The org's records from a cursor on: {@link OrgRecord} has their order. All pages together are
   * one moment of the org only while it stays closed.
   *
   * @param cursor {@link OrgPage#next}; null for the begin
   * @throws RefusedException {@link Refusal#BAD_CURSOR}
   */
  OrgPage read(String org, @Nullable String cursor);

  /**
   * Adds records as they are, with all that follows from them: places, orders, counts, deadlines. A
   * record that is there already stays, so a call can be repeated. Not atomic as a whole.
   *
   * @param records in the order of {@link #read}, across all calls
   * @throws RefusedException {@link Refusal#CLOSED} unless the org is closed by this closure of an
   *     import; {@link Refusal#CONFLICT} for a key whose hash another org has; {@link
   *     Refusal#STORE_FULL} if the node lacks the memory; {@link Refusal#RETRY}
   */
  void write(String org, String closureId, List<OrgRecord> records);

  /**
   * Deletes some of what an import has written: all but its closure, the numbers, the audit lines
   * and the marks of revoked keys. Keys that were there before it stay.
   *
   * @return true once nothing is left
   * @throws RefusedException as {@link #write}
   */
  boolean discardStep(String org, String closureId);
}
