package dev.sluice.backend.tck.model;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Event;
import dev.sluice.backend.SessionState;
import org.jspecify.annotations.Nullable;

/** How a claimed session comes back: docs/rules.md, "Coming back". */
final class ComingBack {

  /** Which way it comes back, and the line that says so. */
  enum Way {
    LEASE_LOST(Event.Kind.LEASE_LOST),
    ACCEPT_MISSED(Event.Kind.ACCEPT_MISSED),
    NACK(Event.Kind.NACKED),
    DEREGISTRATION(Event.Kind.RETURNED),
    NEVER_TOLD(Event.Kind.RETURNED),
    BY_HAND(Event.Kind.REQUEUED);

    private final Event.Kind line;

    Way(Event.Kind line) {
      this.line = line;
    }
  }

  private ComingBack() {}

  /** Takes a session from its worker: it contends again with its score, or dies. */
  static void comeBack(OrgState org, ModelSession session, Way way) {
    comeBack(org, session, way, null);
  }

  /**
   * The same with a detail of its line.
   *
   * @param detail null for none
   */
  static void comeBack(OrgState org, ModelSession session, Way way, @Nullable String detail) {
    org.note(session, way.line, session.owner, detail);
    switch (way) {
      case LEASE_LOST, ACCEPT_MISSED -> {
        session.attempts++;
        session.lostBy = session.owner;
      }
      case NACK -> {
        session.nacks++;
        session.nackedBy = session.owner;
        session.returnUntil = org.now + org.rules.nackBackoffMs();
      }
      case DEREGISTRATION, NEVER_TOLD -> {}
      case BY_HAND -> forgetDeadline(org, session);
    }
    DeadReason reason = whyDead(org, session);
    if (reason != null) {
      Ending.die(org, session, reason);
      return;
    }
    session.state = SessionState.PENDING;
    session.owner = null;
    session.acceptBy = 0;
    session.updatedAt = org.now;
    Issues.contend(org, session);
  }

  /** What is put back by hand isn't given up on for a deadline that has passed. */
  static void forgetDeadline(OrgState org, ModelSession session) {
    if (session.deadline <= org.now) {
      session.deadline = 0;
    }
  }

  private static @Nullable DeadReason whyDead(OrgState org, ModelSession session) {
    if (session.attempts >= org.rules.tries().maxAttempts()) {
      return DeadReason.MAX_ATTEMPTS;
    }
    if (session.nacks >= org.rules.tries().maxNacks()) {
      return DeadReason.MAX_NACKS;
    }
    boolean late = session.deadline != 0 && session.deadline <= org.now;
    return late ? DeadReason.DEADLINE : null;
  }
}
