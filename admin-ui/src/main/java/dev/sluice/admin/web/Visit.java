package dev.sluice.admin.web;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.fleet.Reading;
import dev.sluice.admin.view.Links;
import java.net.URI;
import java.util.function.Supplier;

/**
 * @param now epoch ms
 * @param server address for commands, or a shell variable
 * @param live true if the page updates itself
 * @param past reads a snapshot with dead and ended work
 */
public record Visit(
    Visitor visitor,
    Links links,
    long now,
    Reading reading,
    URI server,
    boolean live,
    Supplier<Reading> past) {

  /** With dead and ended work. */
  public Visit lookingBack() {
    return new Visit(visitor, links, now, past.get(), server, live, past);
  }

  public String org() {
    return visitor.org();
  }

  public boolean may(VisitorRole role) {
    return visitor.role().includes(role);
  }
}
