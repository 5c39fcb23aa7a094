package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.engine.state.SessionRecord;

/** A sign of life of a session by its owner. */
public record Touch(String sessionId, Holder holder) implements Operation<SessionView> {

  @Override
  public SessionView run(Step step) {
    touch(step, sessionId, holder);
    return step.view(sessionId);
  }

  /** Does it; returns the session after it. */
  static SessionRecord touch(Step step, String sessionId, Holder holder) {
    SessionRecord session = Ownership.act(step, step.session(sessionId), holder).session();
    if (!session.claimed()) {
      return session;
    }
    SessionRecord touched = session.inGrace() ? session : session.touched(step.now());
    step.store(touched);
    return touched;
  }
}
