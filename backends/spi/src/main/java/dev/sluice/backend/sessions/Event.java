package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a session's timeline; {@code docs/rules.md} says which operation writes which.
 *
 * @param seq of the change
 * @param atMs epoch ms
 * @param detail see the kind
 */
public record Event(
    long seq, long atMs, Kind kind, @Nullable String workerId, @Nullable String detail) {

  public static final int MAX_DETAIL_BYTES = 4 * 1024;

  public static final String ACKNOWLEDGED = "acknowledged";

  public static final String CAUSE = ": ";

  public static final String GRACE_OVER = "grace";

  public static final String LEASE_OVER = "lease";

  public enum Kind {
    ENQUEUED,
    CLAIMED,
    /** First report of running in this claim. */
    STARTED,
    /** The worker was silent for a lease; the session returned. */
    LEASE_LOST,
    /** The claim was not accepted in time; the session returned. */
    ACCEPT_MISSED,
    /** The worker that lost the claim has it again. */
    REATTACHED,
    /** Detail: the worker's reason, if any. */
    NACKED,
    /**
     * Its worker deregistered, or was never told of the claim. Detail, if its run failed: {@link
     * Failure#line}.
     */
    RETURNED,
    /** Detail: the worker before. */
    TRANSFERRED,
    STOPPING,
    /**
     * A stopped session's release. Detail: {@link #ACKNOWLEDGED}, {@link #GRACE_OVER}, {@link
     * #LEASE_OVER}, or none if the worker reported the end.
     */
    RELEASED,
    /** Detail: the state, and behind {@link #CAUSE} why it failed, if that was told. */
    ENDED,
    /** Detail: the {@link DeadReason}. */
    DEAD,
    /** A discarded dead letter. */
    DISCARDED,
    REQUEUED,
    /** Detail: the new priority. */
    REPRIORITISED,
    FRONTED,
    /** An end reported too late; detail: the report. */
    LATE_RESULT,
    STOP_TOLD,
    /** The worker gave up on a message. Detail: its id, and the reason after a space, if any. */
    UNDELIVERABLE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Returns why a run failed or a claim came back; null if the line tells of neither, and empty for
   * a failed run whose worker told no cause.
   */
  public @Nullable String cause() {
    return switch (kind) {
      case LEASE_LOST -> OwnCause.LEASE_LOST.wire();
      case ACCEPT_MISSED -> OwnCause.ACCEPT_MISSED.wire();
      case NACKED -> OwnCause.NACKED.wire();
      case RETURNED -> detail == null ? null : detail.substring(0, detail.lastIndexOf(CAUSE));
      case ENDED -> detail == null ? null : causeOfEnd(detail);
      default -> null;
    };
  }

  private static @Nullable String causeOfEnd(String detail) {
    String failed = SessionState.FAILED.wire();
    if (detail.startsWith(failed + CAUSE)) {
      return detail.substring(failed.length() + CAUSE.length());
    }
    return detail.equals(failed) ? "" : null;
  }

  /** State and fields as a JSON object, or the state alone if that is too long. */
  public static String lateResult(StatusReport report) {
    StringBuilder detail = new StringBuilder("{\"status\":\"");
    detail.append(report.target().wire()).append('"');
    report
        .fields()
        .forEach(
            (name, json) -> {
              // the service's own field names need no escapes
              detail.append(",\"").append(name).append("\":").append(json);
            });
    String all = detail.append('}').toString();
    boolean fits = all.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= MAX_DETAIL_BYTES;
    return fits ? all : "{\"status\":\"" + report.target().wire() + "\"}";
  }
}
