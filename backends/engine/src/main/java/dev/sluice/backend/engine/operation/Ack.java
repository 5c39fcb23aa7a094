package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/** Acknowledges a message. */
public record Ack(String sessionId, String messageId, Lane lane, @Nullable Holder holder)
    implements Operation<Ack.Answer> {

  /**
   * What became of it.
   *
   * @param known whether the message was there
   * @param session after it, where a worker acknowledged; else null
   */
  public record Answer(boolean known, @Nullable SessionView session) {}

  @Override
  public Answer run(Step step) {
    SessionRecord before = step.session(sessionId);
    SessionRecord session = holder == null ? before : Ownership.act(step, before, holder).session();
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
