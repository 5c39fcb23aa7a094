package dev.sluice.admin.web;

import dev.sluice.admin.view.Section;
import dev.sluice.backend.Names;

/** Ids in addresses; the contract leaves it to its callers to check them. */
public final class PageIds {

  private PageIds() {}

  /**
   * Refuses what can't be an id.
   *
   * @param what it would be the id of
   * @param section where to go on instead
   */
  public static void require(String id, String what, Visit visit, Section section) {
    if (Names.problem(id) != null) {
      throw PageException.notFound(
          "This is not a valid name of a " + what + ".",
          visit.links().to(section.path()),
          "Go to " + section.title().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
