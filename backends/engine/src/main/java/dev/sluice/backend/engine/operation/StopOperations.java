package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.stops.NewStopRun;
import dev.sluice.backend.stops.StopRun;
import dev.sluice.backend.work.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stops of one session, and of many. */
public final class StopOperations {

  private StopOperations() {}

  /**
   * Stops a session.
   *
   * @param text the text of the message, which is stored already
   * @param from where it may be
   */
  public record Stop(
      String sessionId,
      @Nullable String userId,
      @Nullable String userName,
      StoredText text,
      Set<Place> from,
      AuditNote note)
      implements Operation<Stop.Answer> {

    /**
     * What became of it.
     *
     * @param messageId id of the stop its worker is sent, or was before; null if nobody holds it
     */
    public record Answer(SessionView session, @Nullable String messageId) {}

    @Override
    public Answer run(Step step) {
      SessionRecord session = step.sessionIn(from, sessionId);
      if (session.claimed() && !session.inGrace()) {
        return stopClaimed(step, session);
      }
      step.discard(Reply.Stored.TEXT, sessionId, text.name());
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

    private Answer stopClaimed(Step step, SessionRecord session) {
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
              text.bytes());
      step.put(session.stop(step.now() + step.rules().stopGraceMs(), step.now()));
      step.event(sessionId, Event.Kind.STOPPING, session.owner(), null);
      step.apply(new Change.PutMessage(message));
      step.news().message(session.owner());
      step.audit(note, AuditAct.stop(sessionId).found(session.place()));
      return new Answer(step.view(sessionId), message.id());
    }
  }

  /** Stores an order to stop many. */
  public record AddStopRun(NewStopRun order, AuditNote note) implements Operation<StopRun> {

    @Override
    public StopRun run(Step step) {
      if (step.state().stopRuns().find(order.id()) != null) {
        throw step.refusal(Refusal.CONFLICT, order.id());
      }
      StopRun stored = order.ordered(note, step.now());
      step.apply(new Change.PutStopRun(stored));
      step.audit(note, AuditAct.stopMany(order));
      return stored;
    }
  }

  /** An order to stop many. */
  public record FindStopRun(String id) implements ReadOperation<StopRun> {

    @Override
    public StopRun run(Step step) {
      StopRun found = step.state().stopRuns().find(id);
      if (found == null) {
        throw step.refusal(Refusal.UNKNOWN_STOP, id);
      }
      return found;
    }
  }
}
