package dev.sluice.control;

/** Tells what became of orders to stop many. */
public interface StopReports {

  /**
   * An order with its receipts, as of now.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#UNKNOWN_STOP}
   */
  StopReport of(String org, String id);
}
