package dev.sluice.admin;

import java.util.Locale;

/** Roles in ascending order; each includes those before it. */
public enum VisitorRole {
  VIEWER,
  OPERATOR,
  ADMIN;

  public boolean includes(VisitorRole other) {
    return compareTo(other) >= 0;
  }

  /** The name in lower case, as in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
