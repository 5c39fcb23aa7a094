package dev.sluice.service.webhooks;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.service.events.EventBell;
import dev.sluice.service.events.EventFilter;
import dev.sluice.service.webhooks.WebhookRecord.Lease;
import dev.sluice.service.webhooks.WebhookRecord.Progress;
import dev.sluice.service.webhooks.WebhookRecord.Retry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends for one webhook, while this node has its lease. A step takes due events, sends them, and
 * writes down how far it came. Steps run one after the other.
 */
final class WebhookRun {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookRun.class);

  static final long LEASE_MS = 45_000;

  /** A lease with less time is renewed: a batch takes up to 20 s. */
  private static final long RENEW_MS = 25_000;

  /** Posts of a batch; one after a post that failed. */
  private static final int BATCH = 64;

  private static final int MOST_RETRIED = BATCH / 2;
  private static final int PAGE = 256;

  /** Pages of a step in which nothing passes. */
  private static final int MOST_PAGES = 16;

  final String org;
  final String id;
  private final WebhookSender sender;
  private @Nullable EventBell bell;
  private boolean running;
  private boolean again;
  private volatile boolean stopping;

  /**
   * The last event that was sent, or doesn't pass; -1 before the first step. It is written with the
   * next other change.
   */
  private long looked = -1;

  /** Events that were dropped before they were taken, and aren't written down yet. */
  private long missed;

  private volatile boolean waits;
  private boolean failed;

  WebhookRun(WebhookSender sender, String org, String id) {
    this.sender = sender;
    this.org = org;
    this.id = id;
  }

  /** Wakes it if there is something to do that it isn't told of. */
  void look(WebhookRecord webhook) {
    long now = sender.clock.millis();
    boolean due =
        webhook.progress().pausedUntil() <= now
            && webhook.progress().retries().stream().anyMatch(retry -> retry.next() <= now);
    if (!waits || due || webhook.lease().until() - now < RENEW_MS) {
      wake();
    }
  }

  synchronized void wake() {
    again = true;
    if (!running && !stopping) {
      running = true;
      sender.threads.look(this::run);
    }
  }

  synchronized void stop() {
    stopping = true;
    if (!running) {
      release();
    }
  }

  private void run() {
    synchronized (this) {
      again = false;
    }
    boolean more = false;
    try {
      more = step();
    } catch (BackendUnavailableException e) {
      LOG.debug("webhook {} of org {} waits for the store", id, org, e);
    } catch (RuntimeException e) {
      LOG.error("Sending for webhook {} of org {} failed", id, org, e);
    }
    synchronized (this) {
      if (stopping) {
        release();
      } else if (more || again) {
        sender.threads.look(this::run);
        return;
      }
      running = false;
    }
  }

  private void release() {
    silence();
    try {
      sender.table.change(
          org,
          id,
          before ->
              before.lease().isOf(sender.node)
                  ? before.with(Lease.NONE).with(progress -> progress.taken(looked, missed))
                  : null);
    } catch (RuntimeException e) {
      LOG.debug("the lease of webhook {} ends by its time", id, e);
    }
  }

  private void silence() {
    waits = false;
    EventBell before = bell;
    if (before != null) {
      before.silence();
      bell = null;
    }
  }

  /** Returns true if there may be more to do at once. */
  private boolean step() {
    silence();
    long now = sender.clock.millis();
    WebhookRecord webhook = leased(now).orElse(null);
    if (webhook == null) {
      sender.ended(this);
      return false;
    }
    if (webhook.progress().pausedUntil() > now) {
      return false;
    }
    EventFilter filter = webhook.filter(org);
    List<WebhookBatch.Item> items = retries(webhook.progress(), now);
    Fresh fresh = fresh(webhook.progress(), filter, items.isEmpty() || !failed ? room(items) : 0);
    fresh.events.forEach(event -> items.add(new WebhookBatch.Item(event.number(), event, 0)));
    if (!items.isEmpty()) {
      return send(webhook, items, fresh);
    }
    looked = fresh.lookedAt;
    return fresh.more || (!webhook.progress().isFull() && !await(filter));
  }

  private int room(List<WebhookBatch.Item> items) {
    return failed ? 1 : BATCH - items.size();
  }

  private boolean await(EventFilter filter) {
    EventBell next = new EventBell(sender.tails, org, filter, this::wake);
    bell = next;
    waits = next.await(looked);
    return waits;
  }

  /** The record, if this node has its lease now; empty if it doesn't send. */
  private Optional<WebhookRecord> leased(long now) {
    WebhookRecord found = sender.table.find(org, id).orElse(null);
    if (found == null || found.progress().disabled() != null) {
      return Optional.empty();
    }
    if (looked < 0) {
      looked = found.progress().cursor();
    }
    if (found.lease().isOf(sender.node) && found.lease().until() - now >= RENEW_MS) {
      return Optional.of(found);
    }
    return sender
        .table
        .change(
            org,
            id,
            before -> {
              if (!sender.mayTake(before.lease())) {
                return null;
              }
              if (!before.lease().isOf(sender.node)) { // another node may have sent meanwhile
                looked = before.progress().cursor();
                missed = 0;
              }
              return before
                  .with(new Lease(sender.node, now + LEASE_MS))
                  .with(progress -> progress.taken(looked, missed));
            })
        .map(
            taken -> {
              missed = 0;
              return taken;
            });
  }

  private List<WebhookBatch.Item> retries(Progress progress, long now) {
    List<WebhookBatch.Item> items = new ArrayList<>();
    progress.retries().stream()
        .filter(retry -> retry.next() <= now)
        .sorted(Comparator.comparingLong(Retry::next))
        .limit(failed ? 1 : MOST_RETRIED)
        .forEach(retry -> items.add(item(retry)));
    return items;
  }

  private WebhookBatch.Item item(Retry retry) {
    EventPage page = log().after(org, retry.event() - 1, 1);
    boolean kept =
        !EventPage.expired(retry.event() - 1, page.oldest(), page.latest())
            && !page.events().isEmpty();
    return new WebhookBatch.Item(retry.event(), kept ? page.events().get(0) : null, retry.tries());
  }

  private EventLog log() {
    return sender.backend.events();
  }

  /**
   * Events that weren't sent before.
   *
   * @param lookedAt the last event that was looked at
   * @param more true if there may be others
   */
  private record Fresh(List<LoggedEvent> events, long lookedAt, boolean more) {

    /** Returns the last event that is done, if those behind some number were left. */
    long doneBefore(@Nullable Long left) {
      return left == null ? lookedAt : left - 1;
    }
  }

  private Fresh fresh(Progress progress, EventFilter filter, int room) {
    List<LoggedEvent> events = new ArrayList<>();
    long at = looked;
    if (room == 0 || progress.isFull()) {
      return new Fresh(events, at, false);
    }
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      EventPage page = log().after(org, at, PAGE);
      if (EventPage.expired(at, page.oldest(), page.latest())) {
        note(at, page);
        at = page.oldest() - 1;
        looked = at;
        continue;
      }
      for (LoggedEvent event : page.events()) {
        if (events.size() == room) {
          return new Fresh(events, at, true);
        }
        at = event.number();
        if (sender.tails.passes(org, filter, event)) {
          events.add(event);
        }
      }
      if (at >= page.latest()) {
        return new Fresh(events, at, false);
      }
    }
    return new Fresh(events, at, true);
  }

  /** A log that was set back begins again, and misses none. */
  private void note(long at, EventPage page) {
    long dropped = Math.max(0, page.oldest() - 1 - at);
    if (dropped > 0) {
      missed += dropped;
      LOG.warn(
          "Webhook {} of org {} has missed {} events, which are no longer kept", id, org, dropped);
    }
  }

  private boolean send(WebhookRecord webhook, List<WebhookBatch.Item> items, Fresh fresh) {
    long now = sender.clock.millis();
    List<SecretKeySpec> keys = sender.secrets.keys(org, webhook.settings().secrets(), now);
    if (keys.isEmpty()) {
      LOG.warn("The secret of webhook {} of org {} can't be opened", id, org);
      sender.table.change(
          org,
          id,
          before ->
              before.with(Lease.NONE).with(progress -> progress.disabled(WebhookBatch.NO_SECRET)));
      return true;
    }
    WebhookBatch batch = new WebhookBatch(sender, org, id, webhook, keys, items);
    batch.send(() -> stopping);
    long end = sender.clock.millis();
    long done = fresh.doneBefore(batch.firstLeft(looked));
    Optional<WebhookRecord> written =
        sender.table.change(
            org,
            id,
            before ->
                before.lease().isOf(sender.node)
                    ? before
                        .with(batch.isGone() ? Lease.NONE : new Lease(sender.node, end + LEASE_MS))
                        .with(progress -> batch.applied(progress).taken(done, missed))
                    : null);
    if (written.isEmpty()) {
      LOG.debug("webhook {} of org {} was taken by another node, or removed", id, org);
    } else {
      looked = done;
      missed = 0;
    }
    failed = batch.hasFailed();
    return true;
  }
}
