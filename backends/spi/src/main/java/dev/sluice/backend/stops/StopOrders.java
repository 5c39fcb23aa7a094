package dev.sluice.backend.stops;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.sessions.Sessions;

/**
 * Orders to stop many sessions, so that it can be told later what became of each. An order is
 * stored before the first of its sessions is stopped; stopping them is up to the caller, {@link
 * Sessions#stop}, one step each.
 *
 * <p>Runs are kept for {@link Rules.Kept#endedMs()}, like the sessions they name, and at most
 * {@link #MAX_KEPT} of an org; the oldest go first, in the steps of a sweep.
 */
public interface StopOrders {

  /** Most sessions of one run. */
  int MAX_TARGETS = 10_000;

  /** Most runs of an org that are kept. */
  int MAX_KEPT = 100;

  /**
   * Stores a run.
   *
   * @param note who stops and why, for the run and for the audit line, which is left in the same
   *     step
   * @return the run as stored
   * @throws RefusedException {@link Refusal#CONFLICT} if there is a run of that id
   */
  Decided<StopOrder> add(String org, NewStopOrder run, AuditNote note);

  /**
   * A run.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_STOP}
   */
  Decided<StopOrder> find(String org, String id);
}
