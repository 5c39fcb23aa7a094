package dev.sluice.backend.inbox;

/** The two lanes of a session's inbox. */
public enum Lane {
  URGENT,
  NORMAL;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
