package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.PollResult;
import java.util.Set;

/**
 * The result of a poll, to choose the next waiter: {@code more} is true if work of its org was
 * left.
 */
record Look(Profile profile, int freeSlots, boolean more) {

  static Look of(PollCall call, PollResult result) {
    return new Look(
        new Profile(
            result.takes(), Set.copyOf(result.capabilities()), result.repositories(), call.batch()),
        result.freeSlots(),
        result.more());
  }
}
