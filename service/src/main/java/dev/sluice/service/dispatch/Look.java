package dev.sluice.service.dispatch;

import dev.sluice.backend.workers.PollResult;
import java.util.Set;

/**
 * What a poll that looked has learned beside what it brought: so that nobody has to ask the store
 * once more whom a hint would suit.
 *
 * @param mayTake whether its worker may be given work, as of that look
 * @param more whether any work of its org was left, for whomever
 */
record Look(Profile profile, boolean mayTake, boolean more) {

  static Look of(PollCall call, PollResult result) {
    return new Look(
        new Profile(Set.copyOf(result.takes()), Set.copyOf(result.capabilities()), call.batch()),
        result.mayTake(),
        result.more());
  }
}
