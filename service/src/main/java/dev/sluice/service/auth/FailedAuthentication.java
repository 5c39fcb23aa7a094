package dev.sluice.service.auth;

import java.util.Locale;

/** Labels of the counter and words in the log. */
public enum FailedAuthentication {
  MISSING,
  UNKNOWN_KEY,
  INVALID_TOKEN,
  EXPIRED_TOKEN,
  WORKER_GONE,
  WRONG_LEGACY_KEY,
  INVALID_SESSION,
  WRONG_PASSWORD,
  WRONG_HASH;

  /**
   * False for tokens signed here: after an outage or a revocation all workers of a site may send
   * them.
   */
  boolean mayBeGuess() {
    return this != EXPIRED_TOKEN && this != WORKER_GONE;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
