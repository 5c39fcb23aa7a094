package dev.sluice.backend.tck.model;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Event;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.SessionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a session ends: docs/rules.md, "The end of a session". */
final class Ending {

  private Ending() {}

  static void end(OrgState org, ModelSession session, SessionState state) {
    session.state = state;
    session.endedAt = org.now;
    letGo(org, session, Place.ENDED);
    org.note(session, Event.Kind.ENDED, session.owner, state.wire());
  }

  /** What is left to do of an end when a stopped session lets go of its slot. */
  static void release(OrgState org, ModelSession session, @Nullable String why) {
    letGo(org, session, Place.ENDED);
    org.note(session, Event.Kind.RELEASED, session.owner, why);
  }

  static void die(OrgState org, ModelSession session, DeadReason reason) {
    @Nullable String lastOwner = session.owner;
    session.state = SessionState.FAILED;
    session.dead = reason;
    session.endedAt = org.now;
    letGo(org, session, Place.DEAD);
    session.owner = null;
    org.note(session, Event.Kind.DEAD, lastOwner, reason.wire());
  }

  private static void letGo(OrgState org, ModelSession session, Place place) {
    if (session.claimed()) {
      org.project(session.project()).charge(session.cost, org.now);
    }
    session.place = place;
    session.updatedAt = org.now;
    session.acceptBy = 0;
    session.releaseBy = 0;
    session.returnUntil = 0;
    session.lostBy = null;
    session.nackedBy = null;
    archive(org, session);
    Issues.settle(org, session.issue());
  }

  /** What nobody read is kept for a while, whatever becomes of the session's record. */
  private static void archive(OrgState org, ModelSession session) {
    List<Message> unread =
        session.inbox.stream()
            .map(ModelSession.Unacked::shown)
            .filter(message -> message.type() != MessageType.STOP)
            .toList();
    if (!unread.isEmpty()) {
      org.archives.put(session.id(), new OrgState.Archive(org.now, unread));
    }
    session.inbox.clear();
  }
}
