package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Undeliverable;
import org.jspecify.annotations.Nullable;

final class Acks {

  private Acks() {}

  static @Nullable MessageRecord find(
      WriteStep step, String sessionId, String messageId, Lane lane) {
    Inbox inbox = step.state().inbox(sessionId);
    return inbox == null ? null : inbox.find(messageId, lane);
  }

  /** Looks in both lanes. */
  static @Nullable MessageRecord find(WriteStep step, String sessionId, String messageId) {
    for (Lane lane : Lane.values()) {
      MessageRecord message = find(step, sessionId, messageId, lane);
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  /**
   * Moves a message to the log of acknowledged ones.
   *
   * @param by null if acknowledged for the org
   */
  static void take(WriteStep step, MessageRecord message, @Nullable String by) {
    take(step, message, by, null);
  }

  private static void take(
      WriteStep step, MessageRecord message, @Nullable String by, @Nullable String undeliverable) {
    step.discard(OrgReply.Stored.TEXT, message.sessionId(), message.text());
    step.apply(new Change.RemoveMessage(message));
    SessionLog<AckedRecord> log = step.state().acked(message.sessionId());
    step.apply(
        new Change.AddAcked(
            message.sessionId(),
            log == null ? 1 : log.count() + 1,
            new AckedRecord(message.withoutText(), step.now(), by, undeliverable),
            InboxHistory.MAX_ACKNOWLEDGED));
    if (undeliverable == null) {
      step.events().message(EventType.MESSAGE_ACKNOWLEDGED, message, by);
    }
  }

  /** A stop releases the session. */
  static void ack(WriteStep step, MessageRecord message, String by) {
    take(step, message, by);
    if (message.type() == MessageType.STOP
        && step.state().session(message.sessionId()) instanceof SessionRecord session
        && session.inGrace()) {
      Endings.release(step, session, Event.ACKNOWLEDGED);
    }
  }

  /** Takes back a message that its worker gave up on; an unknown one or a stop is left alone. */
  static void giveUp(WriteStep step, String sessionId, Undeliverable given, String by) {
    MessageRecord message = find(step, sessionId, given.messageId());
    if (message == null || message.type() == MessageType.STOP) {
      return;
    }
    String reason = given.words();
    take(step, message, by, reason);
    String detail = reason.isEmpty() ? message.id() : message.id() + " " + reason;
    step.event(sessionId, Event.Kind.UNDELIVERABLE, by, detail);
  }

  /**
   * Acknowledges for a worker that never does what it has read, and takes back the offers that it
   * never got.
   */
  static void settleOffers(WriteStep step, String workerId, Offers offers) {
    for (String id : step.state().workerClaims(workerId).active()) {
      Inbox inbox = step.state().inbox(id);
      if (inbox == null || step.indexed(id) == null) {
        continue;
      }
      for (MessageRecord message : inbox.byAge()) {
        if (!workerId.equals(message.offeredTo())) {
          continue;
        }
        switch (offers.fateOf(message.offeredAtMs(step.rules().visibilityMs()))) {
          case READ -> ack(step, message, workerId);
          case LOST -> step.apply(new Change.PutMessage(message.withdrawn()));
          case UNKNOWN -> {}
        }
      }
    }
  }
}
