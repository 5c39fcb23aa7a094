package dev.sluice.backend.engine.records;

import dev.sluice.backend.inbox.AckedMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param message without its text; the excerpt stays
 * @param by null if acknowledged for the org
 * @param undeliverable the reason, maybe empty; null if acknowledged
 */
public record AckedRecord(
    MessageRecord message, long atMs, @Nullable String by, @Nullable String undeliverable) {

  public AckedRecord {
    Objects.requireNonNull(message);
  }

  public AckedMessage show(long visibilityMs) {
    return new AckedMessage(
        message.show(message.excerpt()).offered(message.offeredAtMs(visibilityMs)),
        atMs,
        by,
        undeliverable);
  }
}
