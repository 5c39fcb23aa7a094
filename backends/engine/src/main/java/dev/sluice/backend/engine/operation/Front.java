package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Event;
import dev.sluice.backend.Score;
import dev.sluice.backend.engine.state.SessionRecord;

/** Puts waiting work in front of all other. */
public record Front(String sessionId, AuditNote note) implements Operation<SessionView> {

  @Override
  public SessionView run(Step step) {
    SessionRecord session = waiting(step, sessionId);
    step.put(session.ordered(session.priority(), Score.front(step.newFront()), step.now()));
    step.event(sessionId, Event.Kind.FRONTED, null, null);
    step.audit(note, AuditAct.front(sessionId));
    return step.view(sessionId);
  }

  /** The session of that id, if it waits. */
  static SessionRecord waiting(Step step, String sessionId) {
    SessionRecord session = step.session(sessionId);
    if (!session.place().waits()) {
      throw step.wrongState(session);
    }
    return session;
  }
}
