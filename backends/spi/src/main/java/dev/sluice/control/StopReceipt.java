package dev.sluice.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one session that was ordered to stop.
 *
 * @param workerId who holds it, or held it at its end; null if that is no longer known
 * @param sinceMs since when that is so, epoch ms; 0 if that is no longer known
 * @param host the worker's host, where the stop is unconfirmed and the worker still known; or null
 * @param heardMs the latest call of the worker about it since an unconfirmed release, epoch ms; 0
 *     for none
 */
public record StopReceipt(
    String sessionId,
    Kind kind,
    @Nullable String workerId,
    long sinceMs,
    @Nullable String host,
    long heardMs) {

  /** One whose worker confirmed the stop, or may still do so. */
  public StopReceipt(String sessionId, Kind kind, @Nullable String workerId, long sinceMs) {
    this(sessionId, kind, workerId, sinceMs, null, 0);
  }

  /** How far it has come; each session is in exactly one. */
  public enum Kind {
    /** Nothing is known of it yet. */
    SENT,
    /** Its worker was brought the message, or told to stop by a refresh. */
    DELIVERED,
    /** Its worker acknowledged the message, and let go of the session by that. */
    ACKNOWLEDGED,
    /** Its worker said that it ended, or it no longer ran when it was to be stopped. */
    ENDED,
    /** Unconfirmed: its worker said nothing until the grace or its lease was over. */
    SILENT;

    /** Whether nothing can come after it. */
    public boolean isFinal() {
      return this != SENT && this != DELIVERED;
    }

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
