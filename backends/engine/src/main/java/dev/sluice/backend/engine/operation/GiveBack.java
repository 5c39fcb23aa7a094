package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Event;
import dev.sluice.backend.engine.state.Pulse.ClaimRef;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back claims that their worker was never told of.
 *
 * @param claims sorted by the bytes of their sessions' ids
 */
public record GiveBack(String workerId, List<ClaimRef> claims)
    implements Operation<GiveBack.Answer> {

  /**
   * What became of them.
   *
   * @param returned ids of the sessions that left the worker, sorted by bytes
   */
  public record Answer(List<String> returned) {}

  @Override
  public Answer run(Step step) {
    List<String> returned = new ArrayList<>();
    for (ClaimRef claim : claims) {
      if (step.state().session(claim.sessionId()) instanceof SessionRecord session
          && session.claimed()
          && workerId.equals(session.owner())
          && session.run().token() == claim.token()
          && session.run().acceptByMs() != 0) {
        step.event(session.id(), Event.Kind.RETURNED, workerId, null);
        Endings.comeBack(step, session, session.giveUp(step.now()));
        returned.add(session.id());
      }
    }
    return new Answer(returned);
  }
}
