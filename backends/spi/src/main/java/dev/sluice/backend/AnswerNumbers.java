package dev.sluice.backend;

/**
 * Hears where in the history of its org an answer stands. The contract kit orders the answers of
 * concurrent calls by it.
 */
@FunctionalInterface
public interface AnswerNumbers {

  AnswerNumbers UNHEARD = number -> {};

  /**
   * Called in the caller's thread before a call on an org answers or is refused. A call that asks
   * the store several times calls it each time; the last number counts. Copies of an org are
   * written without.
   *
   * @param number the sequence number of the change that the call made, or of the last change that
   *     it saw
   */
  void answered(long number);
}
