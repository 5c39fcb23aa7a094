package dev.sluice.admin.web;

import dev.sluice.admin.view.Section;

/**
 * What a page shows.
 *
 * @param section the part of the navigation that it is of
 * @param title of the page
 * @param template name of its template
 * @param view what the template shows
 */
public record Content(Section section, String title, String template, Object view) {

  /** The page of a section itself. */
  public static Content of(Section section, String template, Object view) {
    return new Content(section, section.title(), template, view);
  }
}
