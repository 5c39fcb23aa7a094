package dev.sluice.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.stops.StopMessage;

/**
 * The actor and reason of an act.
 *
 * @param name id of a key or name of an operator
 * @param reason may be empty
 */
public record Actor(String org, String name, String reason) {

  public Actor(String org, String name) {
    this(org, name, "");
  }

  public Actor because(String why) {
    return new Actor(org, name, why);
  }

  public AuditNote note() {
    return new AuditNote(name, reason);
  }

  public StopMessage stopMessage() {
    return new StopMessage(reason, name, null);
  }
}
