package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.Replay;
import dev.sluice.backend.engine.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stores a message for a live session.
 *
 * @param text its text, which is stored already
 */
public record Send(
    String sessionId,
    MessageType type,
    Lane lane,
    @Nullable String userId,
    @Nullable String userName,
    StoredText text,
    @Nullable Idempotency idempotency,
    AuditNote note)
    implements Operation<Send.Answer> {

  /**
   * What became of it.
   *
   * @param message of a repeat, the first one's id and time; its text is the caller's own
   * @param replayed whether it is a repeat, and the text that is stored has no use
   */
  public record Answer(MessageRecord message, boolean replayed) {}

  @Override
  public Answer run(Step step) {
    if (Replaying.reused(step, idempotency)) {
      throw step.refusal(Refusal.KEY_REUSED, "");
    }
    Replay before = Replaying.find(step, idempotency);
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
    if (session.claimed()) {
      step.news().message(session.owner());
    }
    step.audit(note, AuditAct.send(sessionId, type, lane));
    Replaying.keep(step, idempotency, message);
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
        text.bytes());
  }
}
