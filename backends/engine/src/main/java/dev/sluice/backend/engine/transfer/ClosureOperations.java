package dev.sluice.backend.engine.transfer;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.ReadStep;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.NewClosure;
import org.jspecify.annotations.Nullable;

public final class ClosureOperations {

  private ClosureOperations() {}

  public record FindClosure() implements ReadOperation<FindClosure.Answer> {

    /**
     * @param closure that stands
     */
    public record Answer(@Nullable Closure closure) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(step.standingClosure());
    }
  }

  /** Changes nothing, and is refused as all changes are. */
  public record RequireOpen() implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      return true;
    }
  }

  /** Changes nothing, and is refused as the writes of an import are. */
  public record RequireImport(String closureId) implements ReadOperation<Boolean> {

    @Override
    public Boolean run(ReadStep step) {
      require(step, closureId);
      return true;
    }

    static void require(ReadStep step, String closureId) {
      Closure closure = step.standingClosure();
      if (closure == null
          || closure.purpose() != Purpose.IMPORT
          || !closure.id().equals(closureId)) {
        throw step.refusal(Refusal.CLOSED, "");
      }
    }
  }

  public record Close(NewClosure closure, @Nullable AuditNote note)
      implements WriteOperation<Closure> {

    @Override
    public boolean passesClosure() {
      return true;
    }

    @Override
    public Closure run(WriteStep step) {
      Closure before = step.standingClosure();
      if (before != null && !before.yieldsTo(closure)) {
        throw step.refusal(Refusal.CLOSED, "");
      }
      boolean imports = before != null && before.purpose() == Purpose.IMPORT;
      if (closure.purpose() == Purpose.IMPORT && !imports && !empty(step.state())) {
        throw step.refusal(Refusal.NOT_EMPTY, "");
      }
      Closure after =
          new Closure(
              closure.id(),
              closure.purpose(),
              closure.reason(),
              before == null ? step.now() : before.sinceMs(),
              closure.forMs() == 0 ? 0 : step.now() + closure.forMs(),
              closure.movedTo(),
              closure.progress());
      step.applyInternal(new Change.PutClosure(after));
      step.audit(note, AuditAct.close(after));
      step.state()
          .workers()
          .registered()
          .visit(
              (number, id) -> {
                step.wake(id);
                return true;
              });
      return after;
    }

    private static boolean empty(OrgState state) {
      return state.sessionCount() == 0
          && state.workers().registered().isEmpty()
          && state.work().projectNames().isEmpty()
          && state.jobs().live() == 0
          && state.jobs().over().isEmpty()
          && state.stopOrders().byTime().isEmpty()
          && state.answers().byEnd().isEmpty()
          && state.archives().byTime().isEmpty();
    }
  }

  /** Answers false if another closure stands, or none. */
  public record Open(String closureId, @Nullable AuditNote note)
      implements WriteOperation<Boolean> {

    @Override
    public boolean passesClosure() {
      return true;
    }

    @Override
    public Boolean run(WriteStep step) {
      Closure closure = step.standingClosure();
      if (closure == null || !closure.id().equals(closureId)) {
        return false;
      }
      step.applyInternal(new Change.PutClosure(null));
      step.audit(note, AuditAct.open(closureId));
      return true;
    }
  }
}
