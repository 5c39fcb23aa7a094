package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Rules;

/**
 * An operation on its way to the org's state.
 *
 * @param rules the caller's; time-outs and limits are those of the node that was asked
 * @param clockMs the caller's time, epoch ms, or {@link #STORE_TIME}
 */
public record OrgCall(Operation<?> operation, Rules rules, long clockMs) {

  /** The time is that of the member that carries the operation out. */
  public static final long STORE_TIME = -1;
}
