package dev.sluice.backend.engine.operation;

import dev.sluice.backend.ClaimDenial;
import dev.sluice.backend.Place;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import org.jspecify.annotations.Nullable;

/** A worker claims the session that it names: docs/rules.md, "Claim by name". */
public record ClaimByName(String sessionId, String workerId, @Nullable String registeredBy)
    implements Operation<ClaimByName.Answer> {

  /**
   * What became of it.
   *
   * @param denial why the worker doesn't hold it; null if it does
   */
  public record Answer(SessionView session, @Nullable ClaimDenial denial) {}

  @Override
  public Answer run(Step step) {
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

  private @Nullable ClaimDenial denial(Step step, SessionRecord session, WorkerEntry worker) {
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
