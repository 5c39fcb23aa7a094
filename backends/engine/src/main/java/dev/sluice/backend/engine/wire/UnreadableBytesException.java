package dev.sluice.backend.engine.wire;

public final class UnreadableBytesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableBytesException(String message) {
    super(message);
  }

  UnreadableBytesException(String message, Throwable cause) {
    super(message, cause);
  }
}
