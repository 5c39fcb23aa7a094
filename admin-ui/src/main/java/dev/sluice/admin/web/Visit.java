package dev.sluice.admin.web;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.fleet.Reading;
import dev.sluice.admin.view.Links;
import java.net.URI;

/**
 * One request of somebody who is logged in.
 *
 * @param visitor who
 * @param links addresses that keep to the org they look at
 * @param now epoch ms
 * @param reading the fleet as of a moment ago
 * @param server this server's address in lines for a shell, or a shell's variable for it
 * @param live whether what it shows goes with the fleet, by asking for the same address again
 */
public record Visit(
    Visitor visitor, Links links, long now, Reading reading, URI server, boolean live) {

  public String org() {
    return visitor.org();
  }

  /** Whether the visitor may do what takes a role. */
  public boolean may(VisitorRole role) {
    return visitor.role().includes(role);
  }
}
