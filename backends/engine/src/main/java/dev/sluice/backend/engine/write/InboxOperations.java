package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import org.jspecify.annotations.Nullable;

public final class InboxOperations {

  private InboxOperations() {}

  public record Send(
      String sessionId,
      MessageType type,
      Lane lane,
      @Nullable String userId,
      @Nullable String userName,
      StoredText text,
      @Nullable Idempotency idempotency,
      AuditNote note)
      implements WriteOperation<Send.Answer> {

    /**
     * @param message for a repeat with id and time of the first one
     * @param replayed the new text is not used
     */
    public record Answer(MessageRecord message, boolean replayed) {}

    @Override
    public Answer run(WriteStep step) {
      if (IdempotentCalls.reused(step, idempotency)) {
        throw step.refusal(Refusal.KEY_REUSED, "");
      }
      IdempotentAnswer before = IdempotentCalls.find(step, idempotency);
      if (before != null) {
        return new Answer(message(before.id(), 0, before.atMs()), true);
      }
      SessionRecord session = step.session(sessionId);
      if (session.state().terminal()) {
        throw step.wrongState(session);
      }
      Inbox inbox = step.state().inbox(sessionId);
      if (inbox != null && inbox.size() >= step.rules().maxUnacked()) {
        throw step.refusal(Refusal.INBOX_FULL, sessionId);
      }
      step.requireBytes(text.bytes());
      step.requireFresh(text.storedMs());
      MessageRecord message = message(step.now() + "-" + step.seq(), step.seq(), step.now());
      step.apply(new Change.PutMessage(message));
      step.events().message(EventType.MESSAGE_SENT, message, null);
      if (session.claimed()) {
        step.hints().message(session.owner());
      }
      step.audit(note, AuditAct.send(sessionId, type, lane));
      IdempotentCalls.keep(step, idempotency, message);
      return new Answer(message, false);
    }

    private MessageRecord message(String id, long seq, long atMs) {
      return new MessageRecord(
          sessionId,
          id,
          seq,
          type,
          lane,
          userId,
          userName,
          atMs,
          text.name(),
          text.excerpt(),
          text.bytes(),
          text.jsonBytes());
    }
  }

  public record Ack(String sessionId, String messageId, Lane lane, @Nullable Holder holder)
      implements WriteOperation<Ack.Answer> {

    public record Answer(boolean known, @Nullable PositionedSession session) {}

    @Override
    public Answer run(WriteStep step) {
      SessionRecord before = step.session(sessionId);
      SessionRecord session =
          holder == null ? before : Ownership.act(step, before, holder).session();
      MessageRecord message = Acks.find(step, sessionId, messageId, lane);
      if (message != null) {
        Acks.take(step, message, holder == null ? null : holder.workerId());
      }
      if (message != null && message.type() == MessageType.STOP && session.inGrace()) {
        Endings.release(step, session, Event.ACKNOWLEDGED);
      } else if (session.claimed() && !session.equals(before)) {
        step.store(session);
      }
      return new Answer(message != null, holder == null ? null : step.view(sessionId));
    }
  }
}
