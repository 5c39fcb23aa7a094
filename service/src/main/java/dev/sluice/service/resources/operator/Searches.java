package dev.sluice.service.resources.operator;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Admits few searches at a time. Each reads all that the node has of the org in memory and up to
 * 500 sessions of the store, so that many at once would delay heartbeats and polls.
 */
final class Searches {

  static final int OF_A_CREDENTIAL = 2;
  static final int OF_AN_ORG = 4;

  private static final String BUSY =
      "searches must be at most "
          + OF_A_CREDENTIAL
          + " at a time of a credential, and "
          + OF_AN_ORG
          + " of an org; try again";

  private final Map<String, Integer> running = new HashMap<>(); // guards itself

  <T> T run(Caller caller, Supplier<T> search) {
    String org = caller.org();
    String credential = org + ' ' + caller.credentialId();
    synchronized (running) {
      if (running.getOrDefault(org, 0) >= OF_AN_ORG
          || running.getOrDefault(credential, 0) >= OF_A_CREDENTIAL) {
        throw ApiException.tooMany(BUSY, 1);
      }
      running.merge(org, 1, Integer::sum);
      running.merge(credential, 1, Integer::sum);
    }
    try {
      return search.get();
    } finally {
      synchronized (running) {
        leave(org);
        leave(credential);
      }
    }
  }

  private void leave(String who) {
    running.computeIfPresent(who, (key, count) -> count > 1 ? count - 1 : null);
  }
}
