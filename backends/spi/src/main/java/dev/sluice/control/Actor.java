package dev.sluice.control;

import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.stops.StopMessage;

/**
 * Who acts, and why: what an audit line shows.
 *
 * @param org in which org
 * @param name the id of a key or the name of an operator
 * @param reason in the actor's words; empty where none was given
 */
public record Actor(String org, String name, String reason) {

  /** An actor who gave no reason. */
  public Actor(String org, String name) {
    this(org, name, "");
  }

  /** The same actor, with a reason. */
  public Actor because(String why) {
    return new Actor(org, name, why);
  }

  /** The name and the reason, for the audit line of an operation. */
  public AuditNote note() {
    return new AuditNote(name, reason);
  }

  /** The message that tells a worker of the actor's stop. */
  public StopMessage stopMessage() {
    return new StopMessage(reason, name, null);
  }
}
