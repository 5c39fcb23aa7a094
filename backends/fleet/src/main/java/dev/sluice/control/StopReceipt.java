package dev.sluice.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of one session of a stop order. Times are epoch ms.
 *
 * @param workerId also the owner at the end; null if unknown
 * @param sinceMs 0 if unknown
 * @param host of the worker of an unconfirmed stop, if known
 * @param heardMs latest call of the worker after an unconfirmed release; 0 for none
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

  public enum Kind {
    /** Nothing is known yet. */
    SENT,
    /** The worker got the message, or a refresh told it. */
    DELIVERED,
    /** Released by the worker. */
    ACKNOWLEDGED,
    /** Reported by the worker, or the session no longer ran. */
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
