package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Attempt;
import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import java.util.List;

/** A worker's report of a session's state. */
public record Report(String sessionId, Holder holder, StatusReport report)
    implements Operation<Report.Answer> {

  /**
   * What became of it.
   *
   * @param reattached whether it brought back a lost claim
   * @param replay whether it was the session's latest attempt once more
   */
  public record Answer(
      SessionState.Transition transition,
      SessionView session,
      boolean reattached,
      boolean replay) {}

  @Override
  public Answer run(Step step) {
    SessionRecord before = step.session(sessionId);
    Ownership ownership = Ownership.of(step, before, holder);
    if (ownership == Ownership.NONE) {
      refuse(step, before);
    }
    boolean replay = isReplay(step, before);
    Ownership.Acting acting = Ownership.act(step, before, holder, ownership);
    SessionRecord session = acting.session();
    SessionState target = report.target();
    SessionState.Transition transition = session.state().onReport(target);
    switch (transition) {
      case ADVANCE -> {
        if (target.terminal()) {
          Endings.end(step, session.attempted(report.attempt()).end(report, step.now()));
        } else {
          advance(step, session.attempted(report.attempt()));
        }
      }
      case MERGE -> step.store(session.attempted(report.attempt()).merge(report, step.now()));
      case REPEAT, LATE, CONFLICT -> {
        if (session.inGrace() && (target.terminal() || target == SessionState.FINALIZING)) {
          Endings.release(step, session, null);
        } else if (session.claimed()) {
          step.store(session);
        }
        if (transition == SessionState.Transition.CONFLICT) {
          keepLate(step, session);
        }
      }
    }
    return new Answer(transition, step.view(sessionId), acting.reattached(), replay);
  }

  /** Whether the session's latest attempt comes once more. Refuses another one under its key. */
  private boolean isReplay(Step step, SessionRecord session) {
    Attempt attempt = report.attempt();
    Attempt latest = session.run().attempt();
    if (attempt == null || latest == null || !attempt.id().equals(latest.id())) {
      return false;
    }
    if (!attempt.bodyHash().equals(latest.bodyHash())) {
      throw step.refusal(Refusal.CONFLICT, attempt.id());
    }
    return true;
  }

  private void advance(Step step, SessionRecord session) {
    SessionRecord advanced = session.advance(report, step.now());
    step.store(advanced);
    if (session.run().startedAtMs() == 0 && advanced.run().startedAtMs() != 0) {
      step.event(sessionId, Event.Kind.STARTED, advanced.owner(), null);
    }
  }

  /** Not the owner's. An end that somebody who may speak reports is noted all the same. */
  private void refuse(Step step, SessionRecord session) {
    WorkerEntry worker = step.state().worker(holder.workerId());
    if (report.target().terminal()
        && worker != null
        && Ownership.maySpeakFor(step, worker, holder.registeredBy())) {
      keepLate(step, session);
    }
    throw Ownership.notOwner(step, session);
  }

  private void keepLate(Step step, SessionRecord session) {
    String detail = Event.lateResult(report);
    List<Event> events = step.events(session);
    Event last = events.isEmpty() ? null : events.get(events.size() - 1);
    boolean repeat =
        last != null
            && last.kind() == Event.Kind.LATE_RESULT
            && holder.workerId().equals(last.workerId())
            && detail.equals(last.detail());
    if (!repeat) {
      step.event(sessionId, Event.Kind.LATE_RESULT, holder.workerId(), detail);
    }
  }
}
