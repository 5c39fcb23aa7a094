package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Event;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;

/** docs/rules.md, "Stop". */
final class Stops {

  private Stops() {}

  static StopResult stop(OrgState org, ModelSession session, StopOrder order, AuditNote note) {
    Place was = session.place;
    if (session.waits()) {
      Ending.end(org, session, SessionState.STOPPED);
    } else if (session.claimed() && !session.inStopGrace()) {
      stopClaimed(org, session, order);
    } else if (session.place == Place.DEAD) {
      discard(org, session);
    }
    org.audit(note, AuditAct.stop(session.id()).found(was));
    String messageId = session.stopMessage().map(unacked -> unacked.message.id()).orElse(null);
    return new StopResult(org.view(session), messageId);
  }

  /** The worker is told, and keeps its slot for the grace. */
  private static void stopClaimed(OrgState org, ModelSession session, StopOrder order) {
    session.state = SessionState.STOPPED;
    session.endedAt = org.now;
    session.updatedAt = org.now;
    session.releaseBy = org.now + org.rules.stopGraceMs();
    session.acceptBy = 0;
    org.post(
        session, MessageType.STOP, Lane.URGENT, order.payload(), order.userId(), order.userName());
    org.note(session, Event.Kind.STOPPING, session.owner, null);
  }

  private static void discard(OrgState org, ModelSession session) {
    session.place = Place.ENDED;
    session.endedAt = org.now;
    session.updatedAt = org.now;
    org.note(session, Event.Kind.DISCARDED, null, null);
  }
}
