package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Event;
import dev.sluice.backend.Score;
import dev.sluice.backend.engine.state.SessionRecord;

/** Gives waiting work another priority. */
public record Reprioritise(String sessionId, int priority, AuditNote note)
    implements Operation<SessionView> {

  @Override
  public SessionView run(Step step) {
    SessionRecord session = Front.waiting(step, sessionId);
    long score = Score.of(priority, session.queuedAtMs());
    if (priority != session.priority() || score != session.score()) {
      step.put(session.ordered(priority, score, step.now()));
      step.event(sessionId, Event.Kind.REPRIORITISED, null, Integer.toString(priority));
    }
    step.audit(note, AuditAct.reprioritise(sessionId, priority));
    return step.view(sessionId);
  }
}
