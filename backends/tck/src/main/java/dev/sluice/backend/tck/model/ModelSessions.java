package dev.sluice.backend.tck.model;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StatusResult;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;

/** Status reports, nacks, stops. */
final class ModelSessions implements Sessions {

  private final ModelStore store;

  ModelSessions(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<Session> find(String org, String sessionId) {
    return store.turn(org, state -> state.view(state.readableSession(sessionId)));
  }

  @Override
  public Decided<StatusResult> report(
      String org, String sessionId, Holder holder, StatusReport report) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          boolean lost = actAsOwner(state, session, holder);
          return new StatusResult(apply(state, session, report), state.view(session), lost);
        });
  }

  /**
   * The step of every call of an owner that may also bring back a lost claim.
   *
   * @return whether it did
   */
  static boolean actAsOwner(OrgState org, ModelSession session, Holder holder) {
    Ownership ownership = Ownership.of(org, session, holder);
    if (ownership == Ownership.NONE) {
      throw Ownership.notOwner(org, session, holder);
    }
    org.change();
    org.findWorker(holder.workerId()).ifPresent(org::signOfLife);
    if (ownership == Ownership.LOST) {
      org.reattach(session, org.worker(holder.workerId(), null));
    } else {
      org.accept(session);
    }
    return ownership == Ownership.LOST;
  }

  private static SessionState.Transition apply(
      OrgState org, ModelSession session, StatusReport report) {
    SessionState target = report.target();
    SessionState.Transition transition = session.state.onReport(target);
    switch (transition) {
      case ADVANCE -> advance(org, session, report);
      case MERGE -> {
        session.fields.putAll(report.fields());
        session.updatedAt = org.now;
      }
      case REPEAT, LATE, CONFLICT -> {
        boolean ends = target == SessionState.FINALIZING || target.terminal();
        if (session.inStopGrace() && ends) {
          org.release(session);
        }
      }
    }
    return transition;
  }

  private static void advance(OrgState org, ModelSession session, StatusReport report) {
    SessionState target = report.target();
    session.fields.putAll(report.fields());
    session.state = target;
    session.updatedAt = org.now;
    if (target == SessionState.RUNNING) {
      session.startedAt = org.now;
    }
    if (target.terminal()) {
      org.end(session, target);
    }
  }

  @Override
  public Decided<Boolean> nack(String org, String sessionId, Holder holder) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          Ownership ownership = Ownership.of(state, session, holder);
          if (ownership == Ownership.OWNER && session.state == SessionState.CLAIMED) {
            state.change();
            state.findWorker(holder.workerId()).ifPresent(state::signOfLife);
            state.giveBack(session, Place.RETURNED);
            session.nacks++;
            session.nackedBy = holder.workerId();
            session.returnUntil = state.now + state.rules.nackBackoffMs();
            return true;
          }
          if (ownership == Ownership.OWNER || ownership == Ownership.LAST_OWNER) {
            throw state.refusal(
                Refusal.WRONG_STATE, "session " + sessionId + " is " + session.state.wire());
          }
          if (session.waits()
              && holder.workerId().equals(session.nackedBy)
              && Ownership.mayActAs(state, holder)) {
            return false;
          }
          throw Ownership.notOwner(state, session, holder);
        });
  }

  @Override
  public Decided<StopResult> stop(String org, String sessionId, StopOrder order) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          if (session.waits()) {
            state.change();
            state.end(session, SessionState.STOPPED);
          } else if (session.claimed() && !session.inStopGrace()) {
            stopClaimed(state, session, order);
          }
          String messageId =
              session.stopMessage().map(unacked -> unacked.message.id()).orElse(null);
          return new StopResult(state.view(session), messageId);
        });
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
  }
}
