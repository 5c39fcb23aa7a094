package dev.sluice.admin.web;

import dev.sluice.admin.view.Section;
import dev.sluice.backend.Names;

public final class PageIds {

  private PageIds() {}

  public static void require(String id, String what, Visit visit, Section section) {
    if (Names.problem(id) != null) {
      throw PageException.notFound(
          "This is not a valid name of a " + what + ".",
          visit.links().to(section.path()),
          "Go to " + section.title().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
