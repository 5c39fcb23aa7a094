package dev.sluice.backend.redis;

import dev.sluice.backend.Audit;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BatchLane;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Queues;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.Upkeep;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.Workers;

/** The parts of this backend, put together. */
final class RedisBackend implements QueueBackend {

  /** Most ended sessions of an org, where the rules say nothing else. */
  private static final long MAX_ENDED = 1_000_000;

  private final RedisCalls calls;
  private final WorkQueue work;
  private final Workers workers;
  private final Sessions sessions;
  private final Inboxes inboxes;
  private final Queues queues;
  private final BatchLane batch;
  private final Audit audit;
  private final StopOrders stopOrders;
  private final RedisHints hints;
  private final Credentials credentials;
  private final Upkeep upkeep;

  /** On one server. */
  RedisBackend(RedisAddress address, int poolSize, int timeoutMs, BackendEnvironment environment) {
    this(
        new RedisCalls(
            new OneServer(address, new ConnectionSettings(poolSize, timeoutMs)),
            address.toString(),
            timeoutMs),
        environment);
  }

  RedisBackend(RedisCalls calls, BackendEnvironment environment) {
    this.calls = calls;
    Schema schema = new Schema(calls);
    Rules rules = environment.rules().withDefaults(0, MAX_ENDED, 0);
    ScriptRunner scripts = new ScriptRunner(calls, schema, rules, environment.time());
    OrgList orgs = new OrgList(calls, schema);
    work = new RedisWorkQueue(scripts, orgs);
    workers = new RedisWorkers(scripts, orgs);
    sessions = new RedisSessions(scripts);
    inboxes = new RedisInboxes(scripts);
    queues = new RedisQueues(scripts, orgs);
    batch = new RedisBatchLane(scripts, orgs);
    audit = new RedisAudit(scripts, orgs);
    stopOrders = new RedisStopOrders(scripts, orgs);
    hints = new RedisHints(calls);
    credentials = new RedisCredentials(calls, schema, scripts, orgs);
    upkeep = new RedisUpkeep(calls, schema, scripts, orgs);
  }

  @Override
  public WorkQueue work() {
    return work;
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Inboxes inboxes() {
    return inboxes;
  }

  @Override
  public Queues queues() {
    return queues;
  }

  @Override
  public BatchLane batch() {
    return batch;
  }

  @Override
  public Audit audit() {
    return audit;
  }

  @Override
  public StopOrders stopOrders() {
    return stopOrders;
  }

  @Override
  public Hints hints() {
    return hints;
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public Upkeep upkeep() {
    return upkeep;
  }

  @Override
  public void close() {
    hints.close();
    calls.close();
  }
}
