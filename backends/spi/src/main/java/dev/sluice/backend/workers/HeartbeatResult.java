package dev.sluice.backend.workers;

import dev.sluice.backend.Dialect;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param waiting the org's number of waiting items
 * @param held a verdict on each listed session; empty if the heartbeat listed none
 * @param dialect of the worker; null if a node of an older release answered
 * @param drained true if the worker is drained by an operator
 */
public record HeartbeatResult(
    long waiting, Map<String, Verdict> held, @Nullable Dialect dialect, boolean drained) {

  public HeartbeatResult {
    held = Map.copyOf(held);
  }

  /** The order to a worker about a session that it runs. */
  public enum Verdict {
    /** Its claim stands. */
    KEEP,
    /** It is attached to the worker again. */
    ADOPT,
    /** End it: it is unknown, over, being stopped, or another worker's. */
    REAP
  }
}
