package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.hazelcast.state.SessionRecord;

/** A touch that tells its worker whether to wind the session down. */
public record Refresh(String sessionId, Holder holder) implements Operation<Refresh.Answer> {

  /** What it tells. */
  public record Answer(boolean stop, SessionView session) {}

  @Override
  public Answer run(Step step) {
    SessionRecord session = Touch.touch(step, sessionId, holder);
    if (session.inGrace()) {
      if (session.run().stopTold()) {
        Endings.release(step, session);
      } else {
        step.store(session.toldOfStop());
      }
    }
    boolean stop = !session.claimed() || session.inGrace();
    return new Answer(stop, step.view(sessionId));
  }
}
