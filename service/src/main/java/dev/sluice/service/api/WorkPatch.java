package dev.sluice.service.api;

import dev.sluice.backend.work.Score;
import dev.sluice.service.errors.ApiException;

/**
 * A change of the hand-out order.
 *
 * @param priority 1..9; 0 with {@code front}
 */
public record WorkPatch(int priority, boolean front) {

  private static final String PRIORITY =
      "must be a whole number from " + Score.FIRST_PRIORITY + " to " + Score.LAST_PRIORITY;

  public static WorkPatch read(JsonBody body) {
    Boolean front = body.bool("front");
    if (front == null) {
      return new WorkPatch(requiredPriority(body), false);
    }
    if (!front) {
      throw ApiException.invalid("front", "must be true if given");
    }
    if (body.has("priority")) {
      throw ApiException.invalid("front", "and priority exclude each other");
    }
    return new WorkPatch(0, true);
  }

  public static int requiredPriority(JsonBody body) {
    Long priority = body.integer(PRIORITY, Score.FIRST_PRIORITY, Score.LAST_PRIORITY, "priority");
    if (priority == null) {
      throw ApiException.invalid("priority", "is required");
    }
    return priority.intValue();
  }
}
