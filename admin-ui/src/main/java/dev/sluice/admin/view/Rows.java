package dev.sluice.admin.view;

import java.util.List;

/** A list for templates, which cannot ask a list whether it is empty. */
public record Rows<T>(List<T> rows) {

  public boolean any() {
    return !rows.isEmpty();
  }
}
