package dev.sluice.backend.engine.records;

import java.util.HashMap;
import java.util.Map;

/**
 * The nodes that sweep an org. A node that begins or ceases to sweep may have crashed, and taken
 * poll answers with it. Not journalled: after a restart every node begins.
 *
 * @param sweptAtMs last sweep of each node by its name, epoch ms
 * @param excusedUntilMs when a node last began or ceased, epoch ms: hand-outs up to then count as
 *     no-shows of no worker
 */
public record SweepingNodes(Map<String, Long> sweptAtMs, long excusedUntilMs) {

  /** Before the first sweep. */
  public static final SweepingNodes NONE = new SweepingNodes(Map.of(), 0);

  /** After a sweep of a node; others that have not swept for the given time have ceased. */
  public SweepingNodes sweptBy(String node, long nowMs, long ceasedAfterMs) {
    Map<String, Long> swept = new HashMap<>(sweptAtMs);
    boolean began = swept.put(node, nowMs) == null;
    boolean ceased = swept.values().removeIf(atMs -> nowMs - atMs > ceasedAfterMs);
    return new SweepingNodes(swept, began || ceased ? nowMs : excusedUntilMs);
  }

  /** True if no crash can have lost an answer of that time. */
  public boolean delivered(long handedOutMs) {
    return handedOutMs > excusedUntilMs
        && sweptAtMs.values().stream().allMatch(atMs -> handedOutMs < atMs);
  }
}
