package dev.sluice.backend.engine.records;

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
public record ReturnInfo(
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable String lostBy,
    @Nullable DeadReason dead) {

  /** Of a session that no claim came back from. */
  public static final ReturnInfo NONE = new ReturnInfo(null, 0, null, null);

  /** Of one that a worker nacked. */
  static ReturnInfo nacked(@Nullable String worker, long returnUntilMs) {
    return new ReturnInfo(worker, returnUntilMs, null, null);
  }

  /** Of one that a worker lost by time. */
  static ReturnInfo lost(@Nullable String worker) {
    return new ReturnInfo(null, 0, worker, null);
  }

  /** Of one that was given up on. */
  static ReturnInfo dead(DeadReason reason) {
    return new ReturnInfo(null, 0, null, reason);
  }

  /** Kept from the worker until then at most. */
  ReturnInfo openAtMost(long untilMs) {
    return new ReturnInfo(nackedBy, Math.min(returnUntilMs, untilMs), lostBy, dead);
  }

  /** Once the back-off is over. */
  ReturnInfo open() {
    return new ReturnInfo(nackedBy, 0, lostBy, dead);
  }
}
