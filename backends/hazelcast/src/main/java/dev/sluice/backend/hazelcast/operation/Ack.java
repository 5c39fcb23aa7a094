package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.Inbox;
import dev.sluice.backend.hazelcast.state.MessageRecord;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/** Acknowledges a message; answers whether it was there. */
public record Ack(String sessionId, String messageId, Lane lane, @Nullable Holder holder)
    implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    SessionRecord before = step.session(sessionId);
    SessionRecord session = holder == null ? before : Ownership.act(step, before, holder).session();
    Inbox inbox = step.state().inbox(sessionId);
    MessageRecord message = inbox == null ? null : inbox.find(messageId, lane);
    if (message != null) {
      step.discard(Reply.Stored.TEXT, sessionId, message.text());
      step.apply(new Change.RemoveMessage(message));
    }
    if (message != null && message.type() == MessageType.STOP && session.inGrace()) {
      Endings.release(step, session);
    } else if (session.claimed() && !session.equals(before)) {
      step.store(session);
    }
    return message != null;
  }
}
