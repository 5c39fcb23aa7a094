package dev.sluice.admin.web;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.Links;
import dev.sluice.control.Searches;
import dev.sluice.fleet.Reading;
import java.net.URI;
import java.util.function.Supplier;

/**
 * @param now epoch ms
 * @param server address for commands, or a shell variable
 * @param live true if the page updates itself
 * @param unclaimed reads a snapshot with work that is not claimed
 */
public record Visit(
    Visitor visitor,
    Links links,
    long now,
    Reading reading,
    URI server,
    boolean live,
    Supplier<Reading> unclaimed) {

  /** With work that is not claimed. */
  public Visit withUnclaimed() {
    return new Visit(visitor, links, now, unclaimed.get(), server, live, unclaimed);
  }

  /**
   * Makes a search of this visitor.
   *
   * @throws Searches.TooManyException if the visitor or the org makes as many as may be
   */
  public <T> T search(Searches searches, Supplier<T> search) {
    return searches.run(org(), visitor.actor(), search);
  }

  public String org() {
    return visitor.org();
  }

  public boolean may(VisitorRole role) {
    return visitor.role().includes(role);
  }
}
