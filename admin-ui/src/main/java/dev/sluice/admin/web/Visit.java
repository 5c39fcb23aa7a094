package dev.sluice.admin.web;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.fleet.Reading;
import dev.sluice.admin.view.Links;
import java.net.URI;

/**
 * @param now epoch ms
 * @param server address for commands, or a shell variable
 * @param live true if the page updates itself
 */
public record Visit(
    Visitor visitor, Links links, long now, Reading reading, URI server, boolean live) {

  public String org() {
    return visitor.org();
  }

  public boolean may(VisitorRole role) {
    return visitor.role().includes(role);
  }
}
