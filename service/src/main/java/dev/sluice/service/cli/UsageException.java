package dev.sluice.service.cli;

/** Options or credentials that make no measurement: exit code 2, with the message and no trace. */
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
