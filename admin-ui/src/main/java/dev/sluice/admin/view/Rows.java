package dev.sluice.admin.view;

import java.util.List;

/** A list for templates, which can't test for an empty list. */
public record Rows<T>(List<T> rows) {

  public boolean any() {
    return !rows.isEmpty();
  }
}
