package dev.sluice.backend.workers;

import java.util.Map;

/**
 * @param waiting the org's number of waiting items
 * @param held a verdict on each listed session; empty if the heartbeat listed none
 */
public record HeartbeatResult(long waiting, Map<String, Verdict> held) {

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
