package dev.sluice.control;

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
}
