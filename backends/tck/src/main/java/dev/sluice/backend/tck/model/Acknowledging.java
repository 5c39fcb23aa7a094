package dev.sluice.backend.tck.model;

import dev.sluice.backend.AckedMessage;
import dev.sluice.backend.Event;
import dev.sluice.backend.InboxHistory;
import dev.sluice.backend.MessageType;
import org.jspecify.annotations.Nullable;

/** docs/rules.md, "Inbox": how a message is acknowledged, by whatever way. */
final class Acknowledging {

  private Acknowledging() {}

  /**
   * It is never offered again; an acknowledged stop releases its session.
   *
   * @param by the worker that acknowledges; null where it is done for the org
   */
  static void acknowledge(
      OrgState org, ModelSession session, ModelSession.Unacked message, @Nullable String by) {
    org.change();
    session.inbox.remove(message);
    session.acked.add(new AckedMessage(message.shown().excerpted(), org.now, by));
    if (session.acked.size() > InboxHistory.MAX_ACKNOWLEDGED) {
      session.acked.remove(0);
    }
    if (message.message.type() == MessageType.STOP && session.inStopGrace()) {
      Ending.release(org, session, Event.ACKNOWLEDGED);
    }
  }
}
