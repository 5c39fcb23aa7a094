package dev.sluice.service.webhooks;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.fleet.Rounds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.dispatch.WaitThreads;
import dev.sluice.service.events.EventTails;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the webhooks of all orgs are to get. Of several nodes the one that has the lease of a
 * webhook sends for it; another one goes on once the lease has ended.
 */
public final class WebhookSender implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private static final long LOOK_MS = 1_000;
  private static final long LONGEST_LOOK_MS = 15_000;

  /** Threads of all posts and steps of this node. */
  private static final int THREADS = 48;

  final WebhookTable table;
  final QueueBackend backend;
  final WebhookSecrets secrets;
  final EventTails tails;
  final Clock clock;
  final boolean allowPrivate;
  final String node = "node_" + Secrets.randomHex(8);
  final WaitThreads threads = new WaitThreads("webhooks", THREADS);
  private final Map<String, WebhookRun> runs = new ConcurrentHashMap<>();
  private final Rounds rounds = new Rounds("sluice-webhooks", this::look, LOOK_MS, LONGEST_LOOK_MS);
  private volatile boolean stopping;

  public WebhookSender(
      QueueBackend backend,
      WebhookSecrets secrets,
      EventTails tails,
      Clock clock,
      boolean allowPrivate) {
    this.table = new WebhookTable(backend.webhooks());
    this.backend = backend;
    this.secrets = secrets;
    this.tails = tails;
    this.clock = clock;
    this.allowPrivate = allowPrivate;
  }

  @Override
  public void start() {
    rounds.start();
  }

  /** Gives the leases back, so that other nodes go on at once. */
  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    rounds.stop();
    runs.values().forEach(WebhookRun::stop);
    threads.stop();
  }

  /** Begins to send for webhooks that no other node sends for, and wakes those that are due. */
  void look() {
    for (String org : table.orgs()) {
      try {
        table
            .list(org)
            .forEach(
                (id, webhook) -> {
                  if (mayRun(webhook) && !stopping) {
                    run(org, id).look(webhook);
                  }
                });
      } catch (IllegalStateException e) {
        LOG.error("The webhooks of org {} can't be read", org, e);
      }
    }
  }

  private boolean mayRun(WebhookRecord webhook) {
    return webhook.progress().disabled() == null && mayTake(webhook.lease());
  }

  /** If one process has the store to itself, no other node is alive. */
  boolean mayTake(WebhookRecord.Lease lease) {
    return lease.isOf(node) || lease.isFree(clock.millis()) || backend.inProcess();
  }

  /** Looks at a webhook that was changed here. */
  void wake(String org, String id) {
    if (!stopping) {
      run(org, id).wake();
    }
  }

  private WebhookRun run(String org, String id) {
    return runs.computeIfAbsent(org + ' ' + id, name -> new WebhookRun(this, org, id));
  }

  void ended(WebhookRun run) {
    runs.remove(run.org + ' ' + run.id, run);
  }
}
