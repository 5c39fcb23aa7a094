package dev.sluice.backend.nodes;

import java.util.List;

/**
 * The nodes on a store and its layout: docs/operating.md, "Upgrade".
 *
 * @param layout in force: the one that is written now
 * @param nodes live ones, by name
 */
public record StoreNodes(int layout, List<NodeInfo> nodes) {

  public StoreNodes {
    nodes = List.copyOf(nodes);
  }
}
