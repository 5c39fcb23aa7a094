package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.NewStopRun;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.engine.operation.StopOperations.AddStopRun;
import dev.sluice.backend.engine.operation.StopOperations.FindStopRun;
import dev.sluice.backend.engine.outside.Registry;

/** Orders to stop many sessions. */
final class EngineStopOrders implements StopOrders {

  private final Orgs orgs;
  private final Registry registry;

  EngineStopOrders(Orgs orgs, Registry registry) {
    this.orgs = orgs;
    this.registry = registry;
  }

  @Override
  public Decided<StopRun> add(String org, NewStopRun run, AuditNote note) {
    registry.noteOrg(org);
    return orgs.call(org, new AddStopRun(run, note));
  }

  @Override
  public Decided<StopRun> find(String org, String id) {
    return orgs.call(org, new FindStopRun(id));
  }
}
