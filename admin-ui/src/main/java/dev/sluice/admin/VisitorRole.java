package dev.sluice.admin;

import java.util.Locale;

/** What an operator may do; each role may what those before it may. */
public enum VisitorRole {
  /** Sees the fleet. */
  VIEWER,
  /** Steers it. */
  OPERATOR,
  /** Sees and makes secrets too: raw items, keys. */
  ADMIN;

  /** Whether this role includes another. */
  public boolean includes(VisitorRole other) {
    return compareTo(other) >= 0;
  }

  /** The role in lower case, as the configuration spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
