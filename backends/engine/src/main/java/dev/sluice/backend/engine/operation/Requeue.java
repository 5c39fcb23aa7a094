package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Event;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.Set;

/**
 * Puts a session back into the queue by hand: docs/rules.md, "Requeue".
 *
 * @param from where it may be
 */
public record Requeue(String sessionId, Set<Place> from, AuditNote note)
    implements Operation<SessionView> {

  @Override
  public SessionView run(Step step) {
    SessionRecord session = step.sessionIn(from, sessionId);
    if (session.place().waits() || session.inGrace()) {
      throw step.wrongState(session);
    }
    boolean late = session.deadlineMs() > 0 && session.deadlineMs() <= step.now();
    SessionRecord timely = late ? session.withoutDeadline() : session;
    if (session.claimed()) {
      step.event(sessionId, Event.Kind.REQUEUED, session.owner(), null);
      Endings.comeBack(step, session, timely.giveUp(step.now()));
    } else {
      Refusal refusal = Enqueue.refusal(step, session.project(), session.capabilities());
      if (refusal != null) {
        throw step.refusal(refusal, sessionId);
      }
      step.put(timely.afresh(step.now()));
      step.event(sessionId, Event.Kind.REQUEUED, null, null);
    }
    step.audit(note, AuditAct.requeue(sessionId).found(session.place()));
    return step.view(sessionId);
  }
}
