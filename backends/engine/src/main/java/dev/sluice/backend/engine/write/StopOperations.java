package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.work.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public final class StopOperations {

  private StopOperations() {}

  /** Records an act outside the org's state. */
  public record AddAudit(AuditNote note, AuditAct act) implements WriteOperation<AuditLine> {

    @Override
    public AuditLine run(WriteStep step) {
      return step.addAudit(note, act);
    }
  }

  public record Stop(
      String sessionId,
      @Nullable String userId,
      @Nullable String userName,
      StoredText text,
      Set<Place> from,
      AuditNote note)
      implements WriteOperation<Stop.Answer> {

    /**
     * @param messageId of this or an earlier stop; null if no worker owns it
     */
    public record Answer(PositionedSession session, @Nullable String messageId) {}

    @Override
    public Answer run(WriteStep step) {
      SessionRecord session = step.sessionIn(from, sessionId);
      if (session.claimed() && !session.inGrace()) {
        return stopClaimed(step, session);
      }
      step.discard(OrgReply.Stored.TEXT, sessionId, text.name());
      if (session.place().waits()) {
        Endings.endUnclaimed(step, session.endUnclaimed(step.now()));
      } else if (session.place() == Place.DEAD) {
        step.put(session.discard(step.now()));
        step.event(sessionId, Event.Kind.DISCARDED, null, null);
      }
      step.audit(note, AuditAct.stop(sessionId).found(session.place()));
      Inbox inbox = step.state().inbox(sessionId);
      MessageRecord sent = inbox == null ? null : inbox.stop();
      return new Answer(step.view(sessionId), sent == null ? null : sent.id());
    }

    private Answer stopClaimed(WriteStep step, SessionRecord session) {
      step.requireFresh(text.storedMs());
      MessageRecord message =
          new MessageRecord(
              sessionId,
              step.now() + "-" + step.seq(),
              step.seq(),
              MessageType.STOP,
              Lane.URGENT,
              userId,
              userName,
              step.now(),
              text.name(),
              text.excerpt(),
              text.bytes(),
              text.jsonBytes());
      step.put(session.stop(step.now() + step.rules().stopGraceMs(), step.now()));
      step.event(sessionId, Event.Kind.STOPPING, session.owner(), null);
      step.apply(new Change.PutMessage(message));
      step.hints().message(session.owner());
      step.audit(note, AuditAct.stop(sessionId).found(session.place()));
      return new Answer(step.view(sessionId), message.id());
    }
  }

  public record AddStopOrder(NewStopOrder order, AuditNote note)
      implements WriteOperation<StopOrder> {

    @Override
    public StopOrder run(WriteStep step) {
      if (step.state().stopOrders().find(order.id()) != null) {
        throw step.refusal(Refusal.CONFLICT, order.id());
      }
      StopOrder stored = order.ordered(note, step.now());
      step.apply(new Change.PutStopOrder(stored));
      step.audit(note, AuditAct.stopMany(order));
      return stored;
    }
  }
}
