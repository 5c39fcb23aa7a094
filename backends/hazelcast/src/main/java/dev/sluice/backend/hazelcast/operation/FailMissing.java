package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.hazelcast.state.SessionRecord;

/**
 * Gives a claimed session up whose JSON is not there, so that nobody is handed nothing. Answers
 * whether that claim still stood.
 *
 * @param token the claim
 */
public record FailMissing(String sessionId, long token) implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    SessionRecord session = step.session(sessionId);
    if (!session.claimed() || session.inGrace() || session.run().token() != token) {
      return false;
    }
    Endings.die(step, session, DeadReason.ITEM_MISSING, true, session.owner());
    return true;
  }
}
