package dev.sluice.backend.store;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Names;
import dev.sluice.backend.RefusedException;
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
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Workers;

/**
 * A store for work, workers and claims.
 *
 * <p>Every operation is <em>decide, then apply</em> in one atomic step: deciding only reads and may
 * refuse ({@link RefusedException}), applying can't fail. A {@link BackendUnavailableException}
 * says whether the outcome is unknown.
 *
 * <p>Ids are names within an org, and no operation crosses orgs. Callers check them with {@link
 * Names}. Implementations are thread-safe.
 */
public interface QueueBackend extends AutoCloseable {

  WorkQueue work();

  Workers workers();

  Sessions sessions();

  Inboxes inboxes();

  BatchLane batch();

  Queues queues();

  Audit audit();

  EventLog events();

  Webhooks webhooks();

  StopOrders stopOrders();

  Findings findings();

  Figures figures();

  Hints hints();

  Credentials credentials();

  Upkeep upkeep();

  Transfers transfers();

  /** True if calls wait for nothing but this process and its disk. */
  default boolean inProcess() {
    return false;
  }

  /** Later calls fail as unavailable. */
  @Override
  void close();
}
