package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import java.util.Set;

public final class OrderOperations {

  private OrderOperations() {}

  public record Reprioritise(String sessionId, int priority, AuditNote note)
      implements WriteOperation<PositionedSession> {

    @Override
    public PositionedSession run(WriteStep step) {
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

  public record Front(String sessionId, AuditNote note)
      implements WriteOperation<PositionedSession> {

    @Override
    public PositionedSession run(WriteStep step) {
      SessionRecord session = waiting(step, sessionId);
      step.put(session.ordered(session.priority(), Score.front(step.newFront()), step.now()));
      step.event(sessionId, Event.Kind.FRONTED, null, null);
      step.audit(note, AuditAct.front(sessionId));
      return step.view(sessionId);
    }

    static SessionRecord waiting(WriteStep step, String sessionId) {
      SessionRecord session = step.session(sessionId);
      if (!session.place().waits()) {
        throw step.wrongState(session);
      }
      return session;
    }
  }

  public record Requeue(String sessionId, Set<Place> from, AuditNote note)
      implements WriteOperation<PositionedSession> {

    @Override
    public PositionedSession run(WriteStep step) {
      SessionRecord session = step.sessionIn(from, sessionId);
      if (session.place().waits() || session.inGrace()) {
        throw step.wrongState(session);
      }
      boolean late = session.deadlineMs() > 0 && session.deadlineMs() <= step.now();
      SessionRecord timely = late ? session.withoutDeadline() : session;
      if (session.claimed()) {
        step.event(sessionId, Event.Kind.REQUEUED, session.owner(), null);
        Endings.requeue(step, session, timely.giveUp(step.now()));
      } else {
        Refusal refusal = Enqueue.refusal(step, session.project(), session.capabilities());
        if (refusal != null) {
          throw step.refusal(refusal, sessionId);
        }
        step.put(timely.reset(step.now()));
        step.event(sessionId, Event.Kind.REQUEUED, null, null);
      }
      step.audit(note, AuditAct.requeue(sessionId).found(session.place()));
      return step.view(sessionId);
    }
  }
}
