package dev.sluice.control;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Admits few searches at a time, by calls and on pages alike. Each reads all that the node has of
 * the org in memory and up to 500 sessions of the store, so that many at once would delay
 * heartbeats and polls.
 */
public final class Searches {

  public static final int OF_A_CREDENTIAL = 2;
  public static final int OF_AN_ORG = 4;

  public static final String TOO_MANY =
      "searches must be at most "
          + OF_A_CREDENTIAL
          + " at a time of a credential, and "
          + OF_AN_ORG
          + " of an org; try again";

  private final Map<String, Integer> running = new HashMap<>(); // guards itself

  /** No search was made. */
  public static final class TooManyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TooManyException() {
      super(TOO_MANY, null, false, false); // an answer, not a failure
    }
  }

  /**
   * @param credential of an operator or key, as audit lines name it
   * @throws TooManyException if as many as may are running
   */
  public <T> T run(String org, String credential, Supplier<T> search) {
    String ofOrg = org + ' ' + credential;
    synchronized (running) {
      if (running.getOrDefault(org, 0) >= OF_AN_ORG
          || running.getOrDefault(ofOrg, 0) >= OF_A_CREDENTIAL) {
        throw new TooManyException();
      }
      running.merge(org, 1, Integer::sum);
      running.merge(ofOrg, 1, Integer::sum);
    }
    try {
      return search.get();
    } finally {
      synchronized (running) {
        leave(org);
        leave(ofOrg);
      }
    }
  }

  private void leave(String who) {
    running.computeIfPresent(who, (key, count) -> count > 1 ? count - 1 : null);
  }
}
