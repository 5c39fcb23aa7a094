package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.PollResult;
import java.util.Set;

/**
 * The result of a poll that helps to choose the next waiter.
 *
 * @param mayTake true if its worker may be given work
 * @param more true if any work of its org was left
 */
record Look(Profile profile, boolean mayTake, boolean more) {

  static Look of(PollCall call, PollResult result) {
    return new Look(
        new Profile(Set.copyOf(result.takes()), Set.copyOf(result.capabilities()), call.batch()),
        result.mayTake(),
        result.more());
  }
}
