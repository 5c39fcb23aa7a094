package dev.sluice.backend.engine;

import dev.sluice.backend.Hints;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.engine.read.OrgReads;
import dev.sluice.backend.engine.read.ReadEvents;
import dev.sluice.backend.engine.read.ReadFigures;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.tables.StoredLayout;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Workers;
import java.util.List;

/** A backend of the engine on a {@link Store}. The subclass opens and closes the store. */
public abstract class EngineBackend implements QueueBackend {

  private final Store store;
  private final SideTables tables;
  private final WorkQueue work;
  private final EngineBatch batch;
  private final Workers workers;
  private final Sessions sessions;
  private final Inboxes inboxes;
  private final Queues queues;
  private final Audit audit;
  private final EventLog events;
  private final Webhooks webhooks;
  private final StopOrders stopOrders;
  private final Findings findings;
  private final Figures figures;
  private final EngineCredentials credentials;
  private final EngineUpkeep upkeep;
  private final Transfers transfers;

  /**
   * @throws IllegalStateException if the data has a layout that this build doesn't know, or another
   *     node doesn't know this one's
   */
  protected EngineBackend(Store store) {
    this.store = store;
    Registry registry = new Registry(store.map(StoreTable.REGISTRY), store.wire());
    StoredLayout layout = new StoredLayout(store, registry);
    layout.check();
    tables = SideTables.of(store);
    Orgs orgs = new Orgs(store, tables, registry);
    work = new EngineWork(orgs, tables, registry);
    batch = new EngineBatch(orgs, tables, registry);
    sessions = new EngineSessions(orgs, tables);
    inboxes = new EngineInboxes(orgs, tables);
    queues = new EngineQueues(orgs, registry);
    audit = new EngineAudit(orgs, registry);
    events = events(orgs);
    webhooks = new EngineWebhooks(store.map(StoreTable.KEYS), registry);
    stopOrders = new EngineStopOrders(orgs, registry);
    findings = new EngineFindings(orgs, registry);
    figures = figures(orgs);
    credentials = new EngineCredentials(store, orgs, registry);
    upkeep = new EngineUpkeep(store, orgs, tables, registry, layout);
    workers = new EngineWorkers(orgs, tables, batch, registry, upkeep::sweeper);
    transfers = new EngineTransfers(store, orgs, tables, registry, credentials, upkeep);
  }

  @Override
  public final WorkQueue work() {
    return work;
  }

  @Override
  public final Workers workers() {
    return workers;
  }

  @Override
  public final Sessions sessions() {
    return sessions;
  }

  @Override
  public final Inboxes inboxes() {
    return inboxes;
  }

  @Override
  public final Queues queues() {
    return queues;
  }

  @Override
  public final BatchLane batch() {
    return batch;
  }

  @Override
  public final Audit audit() {
    return audit;
  }

  @Override
  public final EventLog events() {
    return events;
  }

  @Override
  public final Webhooks webhooks() {
    return webhooks;
  }

  private static EventLog events(Orgs orgs) {
    return (org, after, limit) -> {
      if (!orgs.takes(ReadEvents.class)) {
        // refused by a node that has dropped its data, and the layout with them
        orgs.call(org, new OrgReads.CountWork());
      }
      return orgs.takes(ReadEvents.class)
          ? orgs.call(org, new ReadEvents(after, limit))
          : new EventPage(List.of(), 1, 0);
    };
  }

  @Override
  public final StopOrders stopOrders() {
    return stopOrders;
  }

  @Override
  public final Findings findings() {
    return findings;
  }

  @Override
  public final Figures figures() {
    return figures;
  }

  private static Figures figures(Orgs orgs) {
    return (org, by, fromMs, toMs) -> {
      Figures.requireRange(fromMs, toMs);
      return orgs.takes(ReadFigures.class)
          ? orgs.call(org, new ReadFigures(by, fromMs, toMs)).buckets()
          : List.of();
    };
  }

  @Override
  public final Hints hints() {
    return store.hints();
  }

  @Override
  public final Credentials credentials() {
    return credentials;
  }

  @Override
  public final EngineUpkeep upkeep() {
    return upkeep;
  }

  @Override
  public final Transfers transfers() {
    return transfers;
  }

  /** Drops cached texts, for tests that delete the originals. */
  public final void forgetRecent() {
    tables.items().forgetRecent();
  }
}
