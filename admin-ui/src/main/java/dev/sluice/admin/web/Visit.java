package dev.sluice.admin.web;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.fleet.Reading;
import dev.sluice.admin.view.Links;

/**
 * One request of somebody who is logged in.
 *
 * @param visitor who
 * @param links addresses that keep to the org they look at
 * @param now epoch ms
 * @param reading the fleet as of a moment ago
 */
public record Visit(Visitor visitor, Links links, long now, Reading reading) {

  public String org() {
    return visitor.org();
  }
}
