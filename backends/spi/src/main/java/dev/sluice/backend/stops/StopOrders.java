package dev.sluice.backend.stops;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;

/**
 * Orders to stop many sessions, kept to report what became of each. An order is stored first; then
 * the caller stops the sessions by {@code Sessions.stop}.
 *
 * <p>Orders are kept for {@link Rules.Kept#endedMs()}, at most {@link #MAX_KEPT} of an org; sweeps
 * delete the oldest.
 */
public interface StopOrders {

  int MAX_TARGETS = 10_000;

  /** Orders of an org. */
  int MAX_KEPT = 100;

  /**
   * @param note for the order and the audit line, written in the same step
   * @throws RefusedException {@link Refusal#CONFLICT} for a known id
   */
  StopOrder add(String org, NewStopOrder run, AuditNote note);

  /**
   * @throws RefusedException {@link Refusal#UNKNOWN_STOP}
   */
  StopOrder find(String org, String id);
}
