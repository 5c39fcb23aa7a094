package dev.sluice.admin.web;

import dev.sluice.admin.view.Section;

public record Content(Section section, String title, String template, Object view) {

  public static Content of(Section section, String template, Object view) {
    return new Content(section, section.title(), template, view);
  }
}
