package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * @param kind null if the name says it
 */
public record ActorText(String name, @Nullable String kind) {

  private static final String OPERATOR = "operator:";

  public static ActorText of(String actor) {
    return actor.startsWith(OPERATOR) && actor.length() > OPERATOR.length()
        ? new ActorText(actor.substring(OPERATOR.length()), "operator")
        : new ActorText(actor, null);
  }
}
