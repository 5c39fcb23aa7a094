package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

public record Ref(String name, @Nullable String link) {

  public String shown() {
    return Formats.cut(name, 80);
  }
}
