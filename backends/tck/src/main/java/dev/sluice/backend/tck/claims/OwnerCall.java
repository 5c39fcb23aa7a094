package dev.sluice.backend.tck.claims;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;

/** The calls by which a worker gets back what it has lost, or takes over: all but a nack. */
enum OwnerCall {
  REPORT,
  TOUCH,
  REFRESH,
  ACTIVITY,
  ACK;

  void of(KitWorker worker, String sessionId) {
    switch (this) {
      case REPORT -> worker.report(sessionId, SessionState.FINALIZING);
      case TOUCH -> worker.touch(sessionId);
      case REFRESH -> worker.refresh(sessionId);
      case ACTIVITY -> worker.tell(sessionId, "t", "still here");
      case ACK -> worker.ack(unknown(sessionId));
    }
  }

  private static Message unknown(String sessionId) {
    return new Message("1-1", sessionId, MessageType.NUDGE, Lane.NORMAL, "", null, null, 0);
  }
}
