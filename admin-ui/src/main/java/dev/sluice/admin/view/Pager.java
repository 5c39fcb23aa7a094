package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

public record Pager(@Nullable String first, @Nullable String next) {

  public boolean any() {
    return first != null || next != null;
  }
}
