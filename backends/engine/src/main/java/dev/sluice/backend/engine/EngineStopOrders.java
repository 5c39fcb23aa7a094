package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.engine.read.OrgReads.FindStopOrder;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.write.StopOperations.AddStopOrder;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopOrders;

final class EngineStopOrders implements StopOrders {

  private final Orgs orgs;
  private final Registry registry;

  EngineStopOrders(Orgs orgs, Registry registry) {
    this.orgs = orgs;
    this.registry = registry;
  }

  @Override
  public StopOrder add(String org, NewStopOrder run, AuditNote note) {
    registry.noteOrg(org);
    return orgs.call(org, new AddStopOrder(run, note));
  }

  @Override
  public StopOrder find(String org, String id) {
    return orgs.call(org, new FindStopOrder(id));
  }
}
