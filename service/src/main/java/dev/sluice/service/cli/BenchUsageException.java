package dev.sluice.service.cli;

/** Options or credentials that make no measurement: exit code 2, with the message and no trace. */
final class BenchUsageException extends Exception {

  private static final long serialVersionUID = 1L;

  BenchUsageException(String message) {
    super(message);
  }
}
