package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * @param link null without a page
 */
public record Ref(String name, @Nullable String link) {

  public String shown() {
    return Formats.cut(name, 80);
  }
}
