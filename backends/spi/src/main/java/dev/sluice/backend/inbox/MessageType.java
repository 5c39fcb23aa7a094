package dev.sluice.backend.inbox;

/** What a message asks for, protocol 6.1. */
public enum MessageType {
  STOP("stop", Lane.URGENT),
  DIRECTIVE("directive", Lane.URGENT),
  HOOK_RESULT("hook-result", Lane.NORMAL),
  NUDGE("nudge", Lane.NORMAL);

  private final String wire;
  private final Lane lane;

  MessageType(String wire, Lane lane) {
    this.wire = wire;
    this.lane = lane;
  }

  /** The name on the wire. */
  public String wire() {
    return wire;
  }

  /** The lane it takes unless its sender names one. */
  public Lane lane() {
    return lane;
  }
}
