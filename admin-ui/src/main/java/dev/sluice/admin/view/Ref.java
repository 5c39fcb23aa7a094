package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * The name of a thing, with the way to its page.
 *
 * @param name as it is; copied whole
 * @param link null where the thing has no page
 */
public record Ref(String name, @Nullable String link) {

  /** The name, short enough for a table. */
  public String shown() {
    return Formats.cut(name, 80);
  }
}
