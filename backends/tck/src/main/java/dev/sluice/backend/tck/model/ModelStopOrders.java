package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.NewStopRun;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.StopRun;
import java.util.Optional;

/** Orders to stop many: docs/rules.md, "Stop many". */
final class ModelStopOrders implements StopOrders {

  private final ModelStore store;

  ModelStopOrders(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<StopRun> add(String org, NewStopRun run, AuditNote note) {
    return store.turn(
        org,
        state -> {
          if (find(state, run.id()).isPresent()) {
            throw state.refusal(Refusal.CONFLICT, run.id());
          }
          StopRun stored = run.ordered(note, state.now);
          state.stopRuns.add(stored);
          state.audit(note, AuditAct.stopMany(run));
          return stored;
        });
  }

  @Override
  public Decided<StopRun> find(String org, String id) {
    return store.turn(
        org, state -> find(state, id).orElseThrow(() -> state.refusal(Refusal.UNKNOWN_STOP, id)));
  }

  private static Optional<StopRun> find(OrgState org, String id) {
    return org.stopRuns.stream().filter(run -> run.id().equals(id)).findFirst();
  }
}
