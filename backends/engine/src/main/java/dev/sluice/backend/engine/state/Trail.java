package dev.sluice.backend.engine.state;

import dev.sluice.backend.work.DeadReason;
import org.jspecify.annotations.Nullable;

/**
 * How a session came back from its last claim, or why it was given up on.
 *
 * @param nackedBy the worker whose nack returned it, until the next claim; else null
 * @param returnUntilMs how long it is kept from that worker, epoch ms; 0 once the back-off is over
 * @param lostBy the worker that lost its claim by time and may still re-attach; else null
 * @param dead why it was given up on; else null
 */
public record Trail(
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable String lostBy,
    @Nullable DeadReason dead) {

  /** Of a session that no claim came back from. */
  public static final Trail NONE = new Trail(null, 0, null, null);

  /** Of one that a worker nacked. */
  static Trail nacked(@Nullable String worker, long returnUntilMs) {
    return new Trail(worker, returnUntilMs, null, null);
  }

  /** Of one that a worker lost by time. */
  static Trail lost(@Nullable String worker) {
    return new Trail(null, 0, worker, null);
  }

  /** Of one that was given up on. */
  static Trail dead(DeadReason reason) {
    return new Trail(null, 0, null, reason);
  }

  /** Kept from the worker until then at most. */
  Trail openAtMost(long untilMs) {
    return new Trail(nackedBy, Math.min(returnUntilMs, untilMs), lostBy, dead);
  }

  /** Once the back-off is over. */
  Trail open() {
    return new Trail(nackedBy, 0, lostBy, dead);
  }
}
