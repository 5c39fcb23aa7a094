package dev.sluice.control;

import java.util.List;

/** Tells what became of orders to stop many. */
public interface StopReports {

  /**
   * An order with its receipts, as of now.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#UNKNOWN_STOP}
   */
  StopReport of(String org, String id);

  /**
   * Sessions that their workers called about lately, at this node, after a stop that they had not
   * confirmed: their agents run.
   *
   * @return at most {@value #MOST_REPORTING} ids
   */
  List<String> stillReporting(String org);

  /** Most ids of {@link #stillReporting}. */
  int MOST_REPORTING = 20;
}
