package dev.sluice.backend.engine.operation;

import dev.sluice.backend.InboxCounts;
import dev.sluice.backend.Lane;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.UnreadMessages;

/** How many messages nobody has acknowledged, and since when the oldest. */
public record CountMessages() implements ReadOperation<InboxCounts> {

  @Override
  public InboxCounts run(Step step) {
    UnreadMessages unread = step.state().unread();
    return new InboxCounts(
        unread.count(Lane.URGENT),
        oldest(step, Lane.URGENT),
        unread.count(Lane.NORMAL),
        oldest(step, Lane.NORMAL));
  }

  private static long oldest(Step step, Lane lane) {
    long[] sentAt = new long[1];
    step.state()
        .unread()
        .visitAfter(
            lane,
            0,
            (seq, sessionId) -> {
              Inbox inbox = step.state().inbox(sessionId);
              MessageRecord message = inbox == null ? null : inbox.at(lane, seq);
              sentAt[0] = message == null ? 0 : message.createdAtMs();
              return false;
            });
    return sentAt[0];
  }
}
