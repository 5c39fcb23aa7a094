package dev.sluice.backend.engine.records;

import java.util.HashMap;
import java.util.Map;

/**
 * The nodes that sweep an org. A node that starts or stops may have lost poll answers. Not in the
 * journal: after a restart every node starts.
 *
 * @param sweptAtMs last sweep by node, epoch ms
 * @param excusedUntilMs when a node last started or stopped, epoch ms; claims up to then are never
 *     no-shows
 */
public record SweepingNodes(Map<String, Long> sweptAtMs, long excusedUntilMs) {

  public static final SweepingNodes NONE = new SweepingNodes(Map.of(), 0);

  /** Swept by a node at a time; excuses what is excused already. */
  public static SweepingNodes since(long excusedUntilMs, String node, long sweptAtMs) {
    return new SweepingNodes(sweptAtMs == 0 ? Map.of() : Map.of(node, sweptAtMs), excusedUntilMs);
  }

  /** Drops others that have not swept for {@code ceasedAfterMs}. */
  public SweepingNodes sweptBy(String node, long nowMs, long ceasedAfterMs) {
    Map<String, Long> swept = new HashMap<>(sweptAtMs);
    boolean began = swept.put(node, nowMs) == null;
    boolean ceased = swept.values().removeIf(atMs -> nowMs - atMs > ceasedAfterMs);
    return new SweepingNodes(swept, began || ceased ? nowMs : excusedUntilMs);
  }

  /** True if no crash can have lost an answer of that time. */
  public boolean delivered(long handedOutMs) {
    return handedOutMs > excusedUntilMs
        && !sweptAtMs.isEmpty()
        && sweptAtMs.values().stream().allMatch(atMs -> handedOutMs < atMs);
  }
}
