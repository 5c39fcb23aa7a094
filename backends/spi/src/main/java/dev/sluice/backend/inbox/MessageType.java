package dev.sluice.backend.inbox;

/** The type of a message, which decides its lane. */
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

  public String wire() {
    return wire;
  }

  public Lane lane() {
    return lane;
  }
}
