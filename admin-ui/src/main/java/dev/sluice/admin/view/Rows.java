package dev.sluice.admin.view;

import java.util.List;

/** Rows, and whether there are any: a template can't ask a list that. */
public record Rows<T>(List<T> rows) {

  public Rows {
    rows = List.copyOf(rows);
  }

  /** Whether there is a row. */
  public boolean any() {
    return !rows.isEmpty();
  }
}
