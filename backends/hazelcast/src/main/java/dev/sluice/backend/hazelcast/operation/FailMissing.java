package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.SessionState;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import java.util.SortedMap;

/**
 * Ends a claimed session whose JSON is not there, so that nobody is handed nothing. Answers whether
 * that claim still stood.
 *
 * @param token the claim
 * @param fields says why, as a report would
 */
public record FailMissing(String sessionId, long token, SortedMap<String, String> fields)
    implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    SessionRecord session = step.session(sessionId);
    if (!session.claimed() || session.run().token() != token) {
      return false;
    }
    step.putEnded(session.end(SessionState.FAILED, fields, step.now()));
    return true;
  }
}
