package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * Who acted, for people.
 *
 * @param name of an operator, or the id of a key
 * @param kind what it is, where the name alone doesn't tell; else null
 */
public record ActorText(String name, @Nullable String kind) {

  /** What the names of operators begin with in audit lines. */
  private static final String OPERATOR = "operator:";

  /** Of an actor as audit lines name it. */
  public static ActorText of(String actor) {
    return actor.startsWith(OPERATOR) && actor.length() > OPERATOR.length()
        ? new ActorText(actor.substring(OPERATOR.length()), "operator")
        : new ActorText(actor, null);
  }
}
