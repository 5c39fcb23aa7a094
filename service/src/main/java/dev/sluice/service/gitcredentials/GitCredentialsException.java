package dev.sluice.service.gitcredentials;

import java.time.Duration;

/**
 * Why there is no token just now. Made of what is safe to log: statuses and kinds of errors, never
 * the body of an answer or the message of somebody else's exception.
 */
@SuppressWarnings("serial") // never serialised
public final class GitCredentialsException extends Exception {

  /** Whose trouble it is. */
  enum Reach {
    /** This one token's; others may be had. */
    ONE,
    /** That of all tokens of the source. */
    ALL
  }

  private final Reach reach;
  private final Duration atLeast;

  GitCredentialsException(Reach reach, String message) {
    this(reach, message, Duration.ZERO);
  }

  /**
   * @param atLeast for how long not to ask again
   */
  GitCredentialsException(Reach reach, String message, Duration atLeast) {
    super(message, null, false, false);
    this.reach = reach;
    this.atLeast = atLeast;
  }

  Reach reach() {
    return reach;
  }

  Duration atLeast() {
    return atLeast;
  }
}
