package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.NackReason;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import org.jspecify.annotations.Nullable;

/** Gives a claimed session back; answers false if an earlier nack of the same worker did. */
public record Nack(String sessionId, Holder holder, @Nullable String reason)
    implements Operation<Boolean> {

  private @Nullable String line() {
    return reason == null ? null : new NackReason(reason).line();
  }

  @Override
  public Boolean run(Step step) {
    SessionRecord session = step.session(sessionId);
    WorkerEntry worker = step.state().worker(holder.workerId());
    Ownership ownership = Ownership.of(step, session, holder);
    if (ownership == Ownership.OWNER && session.state() == SessionState.CLAIMED) {
      SessionRecord claimed = Ownership.act(step, session, holder, ownership).session();
      step.event(sessionId, Event.Kind.NACKED, holder.workerId(), line());
      long until = step.now() + step.rules().nackBackoffMs();
      Endings.comeBack(step, claimed, claimed.nack(until, step.now(), reason));
      return true;
    }
    if (ownership == Ownership.OWNER || ownership == Ownership.LAST_OWNER) {
      throw step.wrongState(session);
    }
    if (session.place().waits()
        && holder.workerId().equals(session.trail().nackedBy())
        && Ownership.maySpeakFor(step, worker, holder.registeredBy())) {
      return false;
    }
    throw Ownership.notOwner(step, session);
  }
}
