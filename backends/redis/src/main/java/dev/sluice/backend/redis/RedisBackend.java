package dev.sluice.backend.redis;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.NodeName;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.function.Schema;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Workers;

/** Parts that share their connections. */
record RedisBackend(
    RedisCalls calls,
    Schema schema,
    WorkQueue work,
    Workers workers,
    Sessions sessions,
    Inboxes inboxes,
    Queues queues,
    BatchLane batch,
    Audit audit,
    EventLog events,
    Webhooks webhooks,
    StopOrders stopOrders,
    Findings findings,
    Figures figures,
    RedisHints hints,
    Credentials credentials,
    Transfers transfers,
    Upkeep upkeep)
    implements QueueBackend {

  /** Ended sessions of an org. */
  private static final long MAX_ENDED = 1_000_000;

  static RedisBackend of(
      RedisAddress address, int poolSize, int timeoutMs, BackendEnvironment environment) {
    OneServer server = new OneServer(address, new ConnectionSettings(poolSize, timeoutMs));
    return of(new RedisCalls(server, address.toString(), timeoutMs), environment);
  }

  static RedisBackend of(RedisCalls calls, BackendEnvironment environment) {
    return of(calls, environment, Schema.NEWEST);
  }

  /**
   * @param newest the newest layout that it knows; tests play the next release
   */
  static RedisBackend of(RedisCalls calls, BackendEnvironment environment, int newest) {
    Rules rules = environment.rules().withDefaults(0, MAX_ENDED, 0);
    Schema schema = new Schema(calls, rules, environment.time(), newest);
    FunctionRunner scripts = new FunctionRunner(calls, schema, environment.numbers());
    OrgList orgs = new OrgList(scripts);
    NodeName node = new NodeName(calls);
    RedisCredentials credentials = new RedisCredentials(scripts, orgs);
    return new RedisBackend(
        calls,
        schema,
        new RedisWorkQueue(scripts, orgs),
        new RedisWorkers(scripts, orgs, node),
        new RedisSessions(scripts),
        new RedisInboxes(scripts),
        new RedisQueues(scripts, orgs),
        new RedisBatchLane(scripts, orgs),
        new RedisAudit(scripts, orgs),
        new RedisEvents(scripts),
        new RedisWebhooks(scripts, orgs),
        new RedisStopOrders(scripts, orgs),
        new RedisFindings(scripts, orgs),
        new RedisFigures(scripts),
        new RedisHints(calls),
        credentials,
        new RedisTransfers(scripts, orgs, credentials, node),
        new RedisUpkeep(calls, schema, scripts, orgs, node, rules.bounds()));
  }

  /**
   * @throws BackendUnavailableException if this node can't work on the store: its layout, its
   *     version or a right; one that is away is checked at the first call
   */
  RedisBackend started() {
    try {
      schema.start();
      return this;
    } catch (BackendUnavailableException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    hints.close();
    schema.leave();
    calls.close();
  }
}
