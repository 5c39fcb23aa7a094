package dev.sluice.backend.work;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job of the batch lane as stored.
 *
 * @param offers number of offers
 * @param workerId the last worker it was offered to, or null
 * @param createdAtMs epoch ms
 * @param updatedAtMs epoch ms
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
    /** With a worker that hasn't polled since. */
    OFFERED,
    /** Its worker polled again, so it got the job. */
    DELIVERED,
    /** Offered too often without being delivered. */
    DEAD;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
