package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.PollResult;
import java.util.Set;

/**
 * What a poll has learned for the choice of the next waiter to wake.
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
