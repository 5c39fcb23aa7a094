package dev.sluice.backend;

import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.WorkQueue;
import dev.sluice.backend.workers.Workers;

/**
 * A store that keeps the work, the workers and their claims, split by subject.
 *
 * <p>Every operation is <em>decide, then apply</em>, in one atomic step of the store: deciding only
 * reads and may refuse, applying can't fail. A refusal ({@link RefusedException}) has changed
 * nothing. A {@link BackendUnavailableException} says whether the outcome is unknown.
 *
 * <p>Nothing crosses the border of an org; all ids are names inside one. Ids and names are checked
 * by the caller with {@link Names}. Implementations are safe for use by many threads.
 */
public interface QueueBackend extends AutoCloseable {

  /** Enqueue, look up and reorder work. */
  WorkQueue work();

  /** Register, heartbeat, poll, deregister. */
  Workers workers();

  /** What happens to a session after its enqueue: status, nack, stop, requeue. */
  Sessions sessions();

  /** Messages to running sessions. */
  Inboxes inboxes();

  /** Jobs beside the work. */
  BatchLane batch();

  /** What closes and opens the queues of projects. */
  Queues queues();

  /** Who did what by hand, and why. */
  Audit audit();

  /** Orders to stop many sessions. */
  StopOrders stopOrders();

  /** Word of what has become eligible or readable. */
  Hints hints();

  /** Keys by their hash, and the key that signs runtime tokens. */
  Credentials credentials();

  /** Expiry by time and the store's own health. */
  Upkeep upkeep();

  /** Lets go of connections and threads. Calls after it fail as unavailable. */
  @Override
  void close();
}
