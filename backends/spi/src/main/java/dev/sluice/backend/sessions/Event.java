package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a session's timeline. {@code docs/rules.md} says which operation writes which.
 *
 * @param seq sequence number of the change
 * @param atMs epoch ms
 * @param kind what happened
 * @param workerId the worker it happened to, or null
 * @param detail what else is known; see the kind
 */
public record Event(
    long seq, long atMs, Kind kind, @Nullable String workerId, @Nullable String detail) {

  /** Most bytes of a detail. */
  public static final int MAX_DETAIL_BYTES = 4 * 1024;

  /** Detail of a {@link Kind#RELEASED}: the worker acknowledged the stop. */
  public static final String ACKNOWLEDGED = "acknowledged";

  /** Detail of a {@link Kind#RELEASED}: the grace was over before the worker said anything. */
  public static final String GRACE_OVER = "grace";

  /** Detail of a {@link Kind#RELEASED}: the worker was silent for a lease. */
  public static final String LEASE_OVER = "lease";

  /** What happens to sessions. */
  public enum Kind {
    /** It came into the store. */
    ENQUEUED,
    /** A worker claimed it. */
    CLAIMED,
    /** Its worker first reported it running in this claim. */
    STARTED,
    /** Its worker was silent for a lease, and it returned. */
    LEASE_LOST,
    /** Nobody accepted it in time, and it returned. */
    ACCEPT_MISSED,
    /** The worker that had lost it spoke up and has it again. */
    REATTACHED,
    /** Its worker gave it back; detail: the worker's reason, if it gave one. */
    NACKED,
    /** Its worker deregistered, or was never told of the claim, and it returned. */
    RETURNED,
    /** It went over to another worker; detail: the worker before. */
    TRANSFERRED,
    /** It was stopped while a worker held it. */
    STOPPING,
    /**
     * The worker of a stopped session let go of it, or time did; detail: {@link #ACKNOWLEDGED},
     * {@link #GRACE_OVER}, {@link #LEASE_OVER}, or none where the worker said that it ended.
     */
    RELEASED,
    /** It ended; detail: the state. */
    ENDED,
    /** It was given up on; detail: the {@link DeadReason}. */
    DEAD,
    /** The dead letter was thrown away. */
    DISCARDED,
    /** It was put back by hand. */
    REQUEUED,
    /** Its priority was changed; detail: the new one. */
    REPRIORITISED,
    /** It was put in front of all other work. */
    FRONTED,
    /** An end was reported that doesn't count; detail: what was reported. */
    LATE_RESULT,
    /** A refresh told the worker of a stopped session to wind it down. */
    STOP_TOLD;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The detail of a {@link Kind#LATE_RESULT}: the reported state and fields as one JSON object, or
   * the state alone where that is longer than a detail may be.
   */
  public static String lateResult(StatusReport report) {
    StringBuilder detail = new StringBuilder("{\"status\":\"");
    detail.append(report.target().wire()).append('"');
    report
        .fields()
        .forEach(
            (name, json) -> {
              // Names of fields are the service's own and need no escapes.
              detail.append(",\"").append(name).append("\":").append(json);
            });
    String all = detail.append('}').toString();
    boolean fits = all.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= MAX_DETAIL_BYTES;
    return fits ? all : "{\"status\":\"" + report.target().wire() + "\"}";
  }
}
