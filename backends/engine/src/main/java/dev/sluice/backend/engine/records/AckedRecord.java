package dev.sluice.backend.engine.records;

import dev.sluice.backend.inbox.AckedMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that was acknowledged.
 *
 * @param message as it was then; its text is stored no longer, its excerpt is
 * @param atMs when it was acknowledged, epoch ms
 * @param by the worker that did; null if it was done for the org
 */
public record AckedRecord(MessageRecord message, long atMs, @Nullable String by) {

  /** Bytes without a message make no record. */
  public AckedRecord {
    Objects.requireNonNull(message);
  }

  /**
   * As the contract shows it.
   *
   * @param visibilityMs {@link dev.sluice.backend.Rules#visibilityMs()}
   */
  public AckedMessage show(long visibilityMs) {
    return new AckedMessage(
        message.show(message.excerpt()).offered(message.offeredAtMs(visibilityMs)), atMs, by);
  }
}
