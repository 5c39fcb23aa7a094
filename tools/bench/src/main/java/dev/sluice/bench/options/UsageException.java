package dev.sluice.bench.options;

/** Exit code 2, printed without a stack trace. */
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
