package dev.sluice.service.gitcredentials;

import java.time.Duration;

/** Safe to log: contains only statuses and kinds of errors. */
@SuppressWarnings("serial") // never serialised
public final class GitCredentialsException extends Exception {

  enum Reach {
    ONE,
    ALL
  }

  private final Reach reach;
  private final Duration atLeast;

  GitCredentialsException(Reach reach, String message) {
    this(reach, message, Duration.ZERO);
  }

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
