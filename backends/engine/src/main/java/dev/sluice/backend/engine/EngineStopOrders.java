package dev.sluice.backend.engine;

import dev.sluice.backend.Decided;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.read.OrgReads.FindStopRun;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.write.StopOperations.AddStopRun;
import dev.sluice.backend.stops.NewStopRun;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.stops.StopRun;

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
