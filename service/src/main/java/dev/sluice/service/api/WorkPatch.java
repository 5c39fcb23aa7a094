package dev.sluice.service.api;

import dev.sluice.backend.work.Score;
import dev.sluice.service.errors.ApiException;

/**
 * A change of the place in the order of hand-out: one of the two.
 *
 * @param priority 1..9; 0 where it goes to the front
 * @param front whether it goes in front of all other work
 */
public record WorkPatch(int priority, boolean front) {

  private static final String PRIORITY =
      "must be a whole number from " + Score.FIRST_PRIORITY + " to " + Score.LAST_PRIORITY;

  /**
   * Reads it.
   *
   * @throws ApiException 400
   */
  public static WorkPatch read(JsonBody body) {
    Boolean front = body.bool("front");
    if (front == null) {
      return new WorkPatch(requiredPriority(body), false);
    }
    if (!front) {
      throw ApiException.invalid("front", "must be true where it is given");
    }
    if (body.has("priority")) {
      throw ApiException.invalid("front", "and priority exclude each other");
    }
    return new WorkPatch(0, true);
  }

  /** A priority that must be given. */
  static int requiredPriority(JsonBody body) {
    Long priority = body.integer(PRIORITY, Score.FIRST_PRIORITY, Score.LAST_PRIORITY, "priority");
    if (priority == null) {
      throw ApiException.invalid("priority", "is required");
    }
    return priority.intValue();
  }
}
