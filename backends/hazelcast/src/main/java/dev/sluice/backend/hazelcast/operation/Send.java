package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.Inbox;
import dev.sluice.backend.hazelcast.state.MessageRecord;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stores a message for a live session.
 *
 * @param text names its text, which is stored already; 0 for an empty one
 * @param textStoredMs when it was stored, epoch ms
 */
public record Send(
    String sessionId,
    MessageType type,
    Lane lane,
    @Nullable String userId,
    @Nullable String userName,
    long text,
    long textStoredMs,
    AuditNote note)
    implements Operation<MessageRecord> {

  @Override
  public MessageRecord run(Step step) {
    SessionRecord session = step.session(sessionId);
    if (session.state().terminal()) {
      throw step.refusal(
          Refusal.WRONG_STATE, "session " + sessionId + " is " + session.state().wire());
    }
    Inbox inbox = step.state().inbox(sessionId);
    if (inbox != null && inbox.size() >= step.rules().maxUnacked()) {
      throw step.refusal(Refusal.INBOX_FULL, "the inbox of session " + sessionId + " is full");
    }
    step.requireFresh(textStoredMs);
    MessageRecord message =
        new MessageRecord(
            sessionId,
            step.now() + "-" + step.seq(),
            step.seq(),
            type,
            lane,
            userId,
            userName,
            step.now(),
            text);
    step.apply(new Change.PutMessage(message));
    if (session.claimed()) {
      step.news().message(session.owner());
    }
    step.audit(note, AuditAct.send(sessionId, type, lane));
    return message;
  }
}
