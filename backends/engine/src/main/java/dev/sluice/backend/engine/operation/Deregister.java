package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Event;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes a worker; its claims return. */
public record Deregister(String workerId, @Nullable String registeredBy, @Nullable AuditNote note)
    implements Operation<Deregister.Answer> {

  /**
   * What became of its claims.
   *
   * @param returned ids of the sessions that left it for the queue, sorted by bytes
   */
  public record Answer(List<String> returned) {}

  @Override
  public Answer run(Step step) {
    step.worker(workerId, registeredBy);
    List<SessionRecord> claims = new ArrayList<>();
    for (String id : step.state().holdings(workerId).active()) {
      claims.add(step.session(id));
    }

    List<String> returned = new ArrayList<>();
    for (SessionRecord claim : claims) {
      if (claim.inGrace()) {
        Endings.release(step, claim, null);
      } else {
        step.event(claim.id(), Event.Kind.RETURNED, workerId, null);
        Endings.comeBack(step, claim, claim.giveUp(step.now()));
        returned.add(claim.id());
      }
    }
    step.removeWorker(workerId);
    AuditAct act = AuditAct.deregister(workerId).found(String.valueOf(returned.size()));
    step.audit(note, act);
    return new Answer(returned);
  }
}
