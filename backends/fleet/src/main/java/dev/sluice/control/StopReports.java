package dev.sluice.control;

import java.util.List;

public interface StopReports {

  /**
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#UNKNOWN_STOP}
   */
  StopReport of(String org, String id);

  /**
   * Sessions whose workers called this node after an unconfirmed stop: their agents still run.
   *
   * @return at most {@value #MOST_REPORTING} ids
   */
  List<String> stillReporting(String org);

  int MOST_REPORTING = 20;
}
