package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.MessageType;

/** docs/rules.md, "Inbox": how a message is acknowledged, by whatever way. */
final class Acknowledging {

  private Acknowledging() {}

  /** It is never offered again; an acknowledged stop releases its session. */
  static void acknowledge(OrgState org, ModelSession session, ModelSession.Unacked message) {
    org.change();
    session.inbox.remove(message);
    if (message.message.type() == MessageType.STOP && session.inStopGrace()) {
      Ending.release(org, session, Event.ACKNOWLEDGED);
    }
  }
}
