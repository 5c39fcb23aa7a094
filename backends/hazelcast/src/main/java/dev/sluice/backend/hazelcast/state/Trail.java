package dev.sluice.backend.hazelcast.state;

import org.jspecify.annotations.Nullable;

/**
 * How a waiting session came back from its last claim.
 *
 * @param nackedBy the worker whose nack returned it, until the next claim; else null
 * @param returnUntilMs how long it is kept from that worker, epoch ms; 0 once the back-off is over
 * @param lostBy the worker that lost its claim by time and may still re-attach; else null
 */
public record Trail(@Nullable String nackedBy, long returnUntilMs, @Nullable String lostBy) {

  /** Of a session that no claim came back from. */
  public static final Trail NONE = new Trail(null, 0, null);
}
