package dev.sluice.backend.sessions;

import org.jspecify.annotations.Nullable;

/** A message that a worker gave up on, with its reason if it gave one. */
public record Undeliverable(String messageId, @Nullable NackReason reason) {

  /** The reason has no line breaks, and may be empty. */
  public String words() {
    return reason == null ? "" : reason.line();
  }
}
