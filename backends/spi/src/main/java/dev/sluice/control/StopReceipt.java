package dev.sluice.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of one session of a stop order.
 *
 * @param workerId the owner, or the owner at the end; null if unknown
 * @param sinceMs epoch ms; 0 if unknown
 * @param host of the worker of an unconfirmed stop, if known; else null
 * @param heardMs latest call of the worker after an unconfirmed release, epoch ms; 0 for none
 */
public record StopReceipt(
    String sessionId,
    Kind kind,
    @Nullable String workerId,
    long sinceMs,
    @Nullable String host,
    long heardMs) {

  public StopReceipt(String sessionId, Kind kind, @Nullable String workerId, long sinceMs) {
    this(sessionId, kind, workerId, sinceMs, null, 0);
  }

  /** The progress; each session has one. */
  public enum Kind {
    /** Nothing is known yet. */
    SENT,
    /** The worker got the message, or a refresh told it to stop. */
    DELIVERED,
    /** The worker acknowledged the message and released the session. */
    ACKNOWLEDGED,
    /** The worker reported the end, or the session no longer ran. */
    ENDED,
    /** Unconfirmed: released by the end of the grace or lease. */
    SILENT;

    public boolean isFinal() {
      return this != SENT && this != DELIVERED;
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
