package dev.sluice.backend.inbox;

public enum Lane {
  URGENT,
  NORMAL;

  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
