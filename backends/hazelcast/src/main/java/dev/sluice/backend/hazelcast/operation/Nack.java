package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.WorkerEntry;

/** Gives a claimed session back; answers false if an earlier nack of the same worker did. */
public record Nack(String sessionId, Holder holder) implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    SessionRecord session = step.session(sessionId);
    WorkerEntry worker = step.state().worker(holder.workerId());
    Ownership ownership = Ownership.of(step, session, holder);
    if (ownership == Ownership.OWNER && session.state() == SessionState.CLAIMED) {
      if (worker != null) {
        step.signOfLife(worker);
      }
      step.put(session.nack(step.now() + step.rules().nackBackoffMs(), step.now()));
      return true;
    }
    if (ownership == Ownership.OWNER || ownership == Ownership.LAST_OWNER) {
      throw step.refusal(
          Refusal.WRONG_STATE, "session " + sessionId + " is " + session.state().wire());
    }
    if (session.inBucket()
        && holder.workerId().equals(session.trail().nackedBy())
        && Ownership.maySpeakFor(worker, holder)) {
      return false;
    }
    throw Ownership.notOwner(step, session, holder);
  }
}
