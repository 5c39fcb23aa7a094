package dev.sluice.backend.redis.function;

import org.jspecify.annotations.Nullable;

/** The cause of a refusal that lasts until an operator changes the server, or this release. */
class UnfitException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnfitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
