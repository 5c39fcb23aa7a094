package dev.sluice.backend.work;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job of the batch lane as stored.
 *
 * @param id its key
 * @param state where it stands
 * @param offers how often it was offered
 * @param workerId the worker it was offered to last, or null
 * @param createdAtMs when it was added, epoch ms
 * @param updatedAtMs its last change, epoch ms
 * @param item as added, byte for byte
 */
public record BatchJob(
    String id,
    State state,
    int offers,
    @Nullable String workerId,
    long createdAtMs,
    long updatedAtMs,
    String item) {

  /** Where a job stands. */
  public enum State {
    /** For the next worker that asks. */
    WAITING,
    /** With a worker that hasn't polled since. */
    OFFERED,
    /** Its worker polled again, so it had the answer. Over. */
    DELIVERED,
    /** Offered as often as may be, and never delivered. Over. */
    DEAD;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
