package dev.sluice.backend.nodes;

import java.util.List;

/**
 * The nodes on a store and its layout: docs/operating.md, "Upgrade".
 *
 * @param layout in force: the one that is written now
 * @param leads true for one of the live nodes: the one that asks
 * @param nodes live ones, by name
 */
public record StoreNodes(int layout, boolean leads, List<NodeInfo> nodes) {

  public StoreNodes {
    nodes = List.copyOf(nodes);
  }
}
