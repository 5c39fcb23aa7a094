package dev.sluice.backend.hazelcast.epoch;

/** Hears on the thread of a {@link Council}, so no call may wait. */
public interface CouncilListener {

  /**
   * This member can't take part any more.
   *
   * @param words failure and remedy
   */
  void failed(String words);

  /** This member serves by an operator's word, though others may have had newer data. */
  void accepted(String operator);
}
