package dev.sluice.control;

import java.util.List;

/** Reports on stop orders. */
public interface StopReports {

  /**
   * Returns an order with its receipts.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#UNKNOWN_STOP}
   */
  StopReport of(String org, String id);

  /**
   * Returns sessions whose workers called this node after an unconfirmed stop: their agents still
   * run.
   *
   * @return at most {@value #MOST_REPORTING} ids
   */
  List<String> stillReporting(String org);

  int MOST_REPORTING = 20;
}
