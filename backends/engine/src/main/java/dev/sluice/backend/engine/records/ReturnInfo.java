package dev.sluice.backend.engine.records;

import dev.sluice.backend.work.DeadReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a session came back from its last claim, or died.
 *
 * @param nackedBy until the next claim
 * @param returnUntilMs epoch ms; 0 once over
 * @param lostBy worker that lost the claim by time and may re-attach
 */
public record ReturnInfo(
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable String lostBy,
    @Nullable DeadReason dead) {

  public static final ReturnInfo NONE = new ReturnInfo(null, 0, null, null);

  static ReturnInfo nacked(@Nullable String worker, long returnUntilMs) {
    return new ReturnInfo(worker, returnUntilMs, null, null);
  }

  static ReturnInfo lost(@Nullable String worker) {
    return new ReturnInfo(null, 0, worker, null);
  }

  static ReturnInfo dead(DeadReason reason) {
    return new ReturnInfo(null, 0, null, reason);
  }

  ReturnInfo openAtMost(long untilMs) {
    return new ReturnInfo(nackedBy, Math.min(returnUntilMs, untilMs), lostBy, dead);
  }

  ReturnInfo open() {
    return new ReturnInfo(nackedBy, 0, lostBy, dead);
  }
}
