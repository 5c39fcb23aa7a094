package dev.sluice.admin;

import java.util.Locale;

/** Ascending; each role includes those before it. */
public enum VisitorRole {
  VIEWER,
  OPERATOR,
  ADMIN;

  public boolean includes(VisitorRole other) {
    return compareTo(other) >= 0;
  }

  /** Returns the lower-case name used in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
