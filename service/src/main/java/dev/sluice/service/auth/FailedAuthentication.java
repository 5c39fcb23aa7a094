package dev.sluice.service.auth;

import java.util.Locale;

/** The kinds of failed authentication: labels of the counter and words of the log line. */
public enum FailedAuthentication {
  /** No credential. */
  MISSING,
  /** A key that the store doesn't know. */
  UNKNOWN_KEY,
  /** A runtime token that was not signed here, or doesn't count for another reason. */
  INVALID_TOKEN,
  /** A runtime token of ours past its end. */
  EXPIRED_TOKEN,
  /** A runtime token of ours, of a worker that is gone or revoked. */
  WORKER_GONE,
  /** Neither key nor token, and not the legacy key. */
  WRONG_LEGACY_KEY,
  /** An operator's cookie that doesn't count. */
  INVALID_SESSION,
  /** A wrong name or password. */
  WRONG_PASSWORD,
  /** A wrong access hash of an embed. */
  WRONG_HASH;

  /**
   * True if anyone can cause it. A token signed here is no guess, and after an outage or a
   * revocation all workers of a site may bring one.
   */
  boolean mayBeGuess() {
    return this != EXPIRED_TOKEN && this != WORKER_GONE;
  }

  /** The label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
