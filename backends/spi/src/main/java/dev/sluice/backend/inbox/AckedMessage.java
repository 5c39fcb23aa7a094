package dev.sluice.backend.inbox;

import org.jspecify.annotations.Nullable;

/**
 * @param message as last offered, with its text cut ({@link Message#excerpt})
 * @param ackedAtMs epoch ms
 * @param ackedBy null if acknowledged for the org
 * @param undeliverable the reason if the worker gave up on it instead, maybe empty; else null
 */
public record AckedMessage(
    Message message, long ackedAtMs, @Nullable String ackedBy, @Nullable String undeliverable) {

  public AckedMessage(Message message, long ackedAtMs, @Nullable String ackedBy) {
    this(message, ackedAtMs, ackedBy, null);
  }
}
