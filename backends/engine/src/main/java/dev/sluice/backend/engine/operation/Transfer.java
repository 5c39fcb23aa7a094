package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Event;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import org.jspecify.annotations.Nullable;

/** Hands a claim over to another worker: docs/rules.md, "Transfer". */
public record Transfer(
    String sessionId,
    String oldWorkerId,
    String workerId,
    @Nullable String registeredBy,
    boolean speaksForOld)
    implements Operation<SessionView> {

  @Override
  public SessionView run(Step step) {
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
      handOver(step, worker, session.transfer(workerId, step.newToken(), step.now()));
    } else if (Ownership.lost(step, session, oldWorkerId, 0)) {
      handOver(step, worker, session.reattach(workerId, step.newToken(), step.now()));
    } else {
      throw Ownership.notOwner(step, session);
    }
    return step.view(sessionId);
  }

  private boolean mayLose(@Nullable WorkerEntry oldWorker) {
    return speaksForOld
        || oldWorker == null
        || oldWorker.record().retired()
        || oldWorker.pulse().silent();
  }

  private void handOver(Step step, WorkerEntry worker, SessionRecord session) {
    step.signOfLife(worker);
    Ownership.accepted(step, worker, step.now());
    step.put(session);
    step.event(sessionId, Event.Kind.TRANSFERRED, workerId, oldWorkerId);
    if (step.state().inbox(sessionId) != null) {
      step.news().message(workerId);
    }
  }
}
