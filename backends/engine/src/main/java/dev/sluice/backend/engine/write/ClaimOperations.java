package dev.sluice.backend.engine.write;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Liveness.ClaimRef;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ClaimOperations {

  private ClaimOperations() {}

  public record ClaimByName(String sessionId, String workerId, @Nullable String registeredBy)
      implements WriteOperation<ClaimByName.Answer> {

    public record Answer(PositionedSession session, @Nullable ClaimDenial denial) {}

    @Override
    public Answer run(WriteStep step) {
      SessionRecord session = step.session(sessionId);
      WorkerEntry worker = step.worker(workerId, registeredBy);
      step.signOfLife(worker);
      ClaimDenial denial = null;
      boolean own = session.claimed() && !session.inGrace() && workerId.equals(session.owner());
      if (!own) {
        denial = denial(step, session, worker);
        if (denial == null) {
          Poll.claim(step, session, worker.record().registration());
        }
      }
      return new Answer(step.view(sessionId), denial);
    }

    private @Nullable ClaimDenial denial(
        WriteStep step, SessionRecord session, WorkerEntry worker) {
      if (session.inGrace() || session.over()) {
        return ClaimDenial.ENDED;
      } else if (session.claimed()) {
        return ClaimDenial.CLAIMED;
      } else if (session.place() == Place.LATER) {
        return ClaimDenial.LATER;
      } else if (session.place() == Place.PARKED) {
        return ClaimDenial.PARKED;
      } else if (session.keptFrom(workerId)) {
        return ClaimDenial.NACKED;
      } else if (!worker.takes(session.project())) {
        return ClaimDenial.PROJECT;
      } else if (!worker.has(session.capabilities())) {
        return ClaimDenial.CAPABILITY;
      } else if (!worker.lists(session.capabilities())) {
        return ClaimDenial.REPOSITORY;
      }
      ProjectWork project = step.state().work().project(session.project());
      if (project != null && !project.open()) {
        return ClaimDenial.CLOSED;
      }
      return switch (step.availability(worker)) {
        case READY -> null;
        case FULL -> ClaimDenial.FULL;
        default -> ClaimDenial.UNAVAILABLE;
      };
    }
  }

  /** Hands over a claim: docs/rules.md, "Transfer". */
  public record Transfer(
      String sessionId,
      String oldWorkerId,
      String workerId,
      @Nullable String registeredBy,
      boolean speaksForOld)
      implements WriteOperation<PositionedSession> {

    @Override
    public PositionedSession run(WriteStep step) {
      SessionRecord session = step.session(sessionId);
      WorkerEntry worker = step.worker(workerId, registeredBy);
      WorkerEntry oldWorker = step.state().worker(oldWorkerId);
      if (oldWorker != null && !Ownership.maySpeakFor(step, oldWorker, registeredBy)) {
        throw Ownership.notOwner(step, session);
      }
      if (session.inGrace() || session.over()) {
        throw step.wrongState(session);
      }
      if (session.claimed() && workerId.equals(session.owner())) {
        step.signOfLife(worker);
      } else if (!mayLose(oldWorker)) {
        throw Ownership.notOwner(step, session);
      } else if (session.claimed() && oldWorkerId.equals(session.owner())) {
        step.signOfLife(worker);
        Ownership.handOver(
            step, worker, session.transfer(workerId, step.newToken(), step.now()), oldWorkerId);
      } else if (Ownership.lost(step, session, oldWorkerId)) {
        step.signOfLife(worker);
        Ownership.handOver(
            step, worker, session.reattach(workerId, step.newToken(), step.now()), oldWorkerId);
      } else {
        throw Ownership.notOwner(step, session);
      }
      return step.view(sessionId);
    }

    private boolean mayLose(@Nullable WorkerEntry oldWorker) {
      return speaksForOld
          || oldWorker == null
          || oldWorker.record().retired()
          || oldWorker.liveness().silent();
    }
  }

  /** Answers false if an earlier nack of the worker returned it. */
  public record Nack(String sessionId, Holder holder, @Nullable String reason, boolean denied)
      implements WriteOperation<Boolean> {

    /** One worker alone can't end work that it doesn't run. */
    private boolean isConfirmed(SessionRecord session) {
      return session.attempts() >= Rules.ATTEMPTS_TO_DENY
          || session.returnInfo().deniedByOther(holder.workerId());
    }

    private @Nullable String line() {
      return reason == null ? null : new NackReason(reason).line();
    }

    @Override
    public Boolean run(WriteStep step) {
      SessionRecord session = step.session(sessionId);
      WorkerEntry worker = step.state().worker(holder.workerId());
      Ownership ownership = Ownership.of(step, session, holder);
      if (ownership == Ownership.OWNER && session.state() == SessionState.CLAIMED) {
        SessionRecord claimed = session.signed(step.now());
        if (worker != null) {
          nacked(step, worker, session.claim().claimedAtMs(), denied);
        }
        step.event(sessionId, Event.Kind.NACKED, holder.workerId(), line());
        SessionRecord nacked =
            claimed.nack(holder.workerId(), step.rules(), step.now(), reason, denied);
        if (denied && isConfirmed(session)) {
          Endings.die(step, nacked, DeadReason.DENIED, true, holder.workerId());
        } else {
          Endings.requeue(step, claimed, nacked);
        }
        return true;
      }
      if (ownership == Ownership.OWNER || ownership == Ownership.LAST_OWNER) {
        throw step.wrongState(session);
      }
      if (session.place().waits()
          && holder.workerId().equals(session.returnInfo().nackedBy())
          && Ownership.maySpeakFor(step, worker, holder.registeredBy())) {
        return false;
      }
      throw Ownership.notOwner(step, session);
    }
  }

  /** A sign of life that is no acceptance, though it misses nothing. */
  private static void nacked(WriteStep step, WorkerEntry worker, long handedOutMs, boolean denied) {
    step.signOfLife(worker);
    WorkerRecord before = worker.record();
    WorkerRecord after = before.nacked(step.now(), step.rules().tries(), denied);
    if (after != before) {
      step.apply(new Change.PutWorker(after));
    }
    boolean quarantined = after.quarantinedUntilMs() != before.quarantinedUntilMs();
    step.settleClaims(worker, quarantined ? step.now() : handedOutMs);
  }

  /**
   * Claims that their worker was never told of.
   *
   * @param claims sorted by session id
   */
  public record GiveBack(String workerId, List<ClaimRef> claims)
      implements WriteOperation<GiveBack.Answer> {

    /**
     * @param returned sorted by bytes
     */
    public record Answer(List<String> returned) {}

    @Override
    public Answer run(WriteStep step) {
      List<String> returned = new ArrayList<>();
      for (ClaimRef claim : claims) {
        if (step.state().session(claim.sessionId()) instanceof SessionRecord session
            && session.claimed()
            && workerId.equals(session.owner())
            && session.claim().token() == claim.token()
            && session.claim().acceptByMs() != 0) {
          step.event(session.id(), Event.Kind.RETURNED, workerId, null);
          Endings.requeue(step, session, session.giveUp(step.now()));
          returned.add(session.id());
        }
      }
      return new Answer(returned);
    }
  }

  /**
   * Marks a claimed session as dead whose item is missing. Answers true if the claim still stood.
   *
   * @param before state before the claim if this poll made it: the claim then leaves no trace
   */
  public record FailMissing(String sessionId, long token, @Nullable ClaimState before)
      implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      SessionRecord session = step.session(sessionId);
      if (!session.claimed() || session.inGrace() || session.claim().token() != token) {
        return false;
      }
      SessionLog<Event> timeline = step.state().timeline(sessionId);
      if (before != null
          && session.awaitsAccept()
          && timeline != null
          && timeline.last().kind() == Event.Kind.CLAIMED) {
        List<Event> lines = timeline.lines();
        step.apply(
            new Change.PutTimeline(
                sessionId, timeline.count() - 1, List.copyOf(lines.subList(0, lines.size() - 1))));
        Endings.die(step, session.withClaim(before), DeadReason.ITEM_MISSING, false, null);
      } else {
        Endings.die(step, session, DeadReason.ITEM_MISSING, true, session.owner());
      }
      return true;
    }
  }
}
