package dev.sluice.backend.work;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job of the batch lane. Times are epoch ms.
 *
 * @param workerId worker of the last offer
 * @param item byte for byte as added
 */
public record BatchJob(
    String id,
    State state,
    int offers,
    @Nullable String workerId,
    long createdAtMs,
    long updatedAtMs,
    String item) {

  public enum State {
    WAITING,
    /** Its worker hasn't polled since. */
    OFFERED,
    /** Its worker polled again. */
    DELIVERED,
    /** Offered too often. */
    DEAD;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
