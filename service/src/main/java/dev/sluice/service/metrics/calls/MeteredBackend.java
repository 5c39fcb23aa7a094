package dev.sluice.service.metrics.calls;

import dev.sluice.backend.Hints;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreTimes;

/**
 * @param hints not timed: a subscription isn't a call
 */
public record MeteredBackend(
    WorkQueue work,
    Workers workers,
    Sessions sessions,
    Inboxes inboxes,
    BatchLane batch,
    Queues queues,
    Audit audit,
    EventLog events,
    Webhooks webhooks,
    StopOrders stopOrders,
    Findings findings,
    Figures figures,
    Hints hints,
    Credentials credentials,
    Upkeep upkeep,
    Transfers transfers,
    QueueBackend backend)
    implements QueueBackend {

  public static QueueBackend of(QueueBackend backend, StoreTimes times, Outcomes outcomes) {
    return new MeteredBackend(
        new MeteredWorkQueue(backend.work(), times, outcomes),
        new MeteredWorkers(backend.workers(), times, outcomes),
        new MeteredSessions(backend.sessions(), times, outcomes),
        new MeteredInboxes(backend.inboxes(), times, outcomes),
        new MeteredBatchLane(backend.batch(), times, outcomes),
        new MeteredQueues(backend.queues(), times),
        new MeteredAudit(backend.audit(), times),
        new MeteredEvents(backend.events(), times),
        new MeteredWebhooks(backend.webhooks(), times),
        new MeteredStopOrders(backend.stopOrders(), times),
        new MeteredFindings(backend.findings(), times),
        new MeteredFigures(backend.figures(), times),
        backend.hints(),
        new MeteredCredentials(backend.credentials(), times),
        new MeteredUpkeep(backend.upkeep(), times, outcomes),
        new MeteredTransfers(backend.transfers(), times),
        backend);
  }

  @Override
  public boolean inProcess() {
    return backend.inProcess();
  }

  @Override
  public void close() {
    backend.close();
  }
}
