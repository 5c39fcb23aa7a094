package dev.sluice.backend.tck.model;

import dev.sluice.backend.Audit;
import dev.sluice.backend.BatchLane;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Queues;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.Upkeep;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The model in memory. Slow on purpose; it never serves anybody.
 *
 * <p>Every operation is one turn under the lock of {@link ModelStore}, so all of them are atomic.
 */
public final class ModelBackend implements QueueBackend {

  private final ModelStore store;
  private final ModelCredentials credentials;

  /** An empty store with these rules; {@code time} replaces the machine's clock where it says. */
  public ModelBackend(Rules rules, StoreTime time) {
    store = new ModelStore(rules, time);
    credentials = new ModelCredentials(store);
  }

  /** Makes the state of a session unreadable, for the kit's cases about damaged records. */
  public void damage(String org, String sessionId) {
    store.turn(org, state -> state.session(sessionId).damaged = true);
  }

  /** Takes the item of a session away, for the kit's cases about items gone missing. */
  public void loseItem(String org, String sessionId) {
    store.turn(org, state -> state.session(sessionId).itemMissing = true);
  }

  /** What is left of an org beyond counters, limits, pauses and revoked keys. */
  public List<String> leftovers(String org) {
    return store
        .turn(
            org,
            state -> {
              List<String> names = new ArrayList<>();
              state.sessions.forEach(session -> names.add("session " + session.id()));
              state.workers.forEach(worker -> names.add("worker " + worker.id()));
              state.jobs.forEach(job -> names.add("job " + job.id()));
              state.publicIds.keySet().forEach(id -> names.add("public id " + id));
              state
                  .replays
                  .keySet()
                  .forEach(key -> names.add("answer to the call with key " + key));
              state.archives.keySet().forEach(id -> names.add("archive of session " + id));
              state.audit.forEach(line -> names.add("audit line " + line.id()));
              state.stopRuns.forEach(run -> names.add("stop run " + run.id()));
              return names;
            })
        .value();
  }

  @Override
  public WorkQueue work() {
    return new ModelQueue(store);
  }

  @Override
  public Workers workers() {
    return new ModelWorkers(store);
  }

  @Override
  public Sessions sessions() {
    return new ModelSessions(store);
  }

  @Override
  public Inboxes inboxes() {
    return new ModelInboxes(store);
  }

  @Override
  public Queues queues() {
    return new ModelQueues(store);
  }

  @Override
  public BatchLane batch() {
    return new ModelBatch(store);
  }

  @Override
  public Audit audit() {
    return new ModelAudit(store);
  }

  @Override
  public StopOrders stopOrders() {
    return new ModelStopOrders(store);
  }

  @Override
  public Hints hints() {
    return store.hints;
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public Upkeep upkeep() {
    return new ModelUpkeep(store);
  }

  @Override
  public void close() {
    store.close();
  }
}
