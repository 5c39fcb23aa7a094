package dev.sluice.proof.disk;

import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.webhooks.StoredWebhook;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A reader with a cursor, which nobody stores, and a sender, which keeps its cursor in a webhook's
 * record as the service does: it delivers a few events, then moves the cursor behind them.
 */
final class Readers {

  static final String WEBHOOK = "wh_1";
  private static final int BATCH = 8;

  private final QueueBackend backend;
  private final String org;
  private final BiConsumer<String, LoggedEvent> news;
  private long at;

  /**
   * @param after the number of the last event that the reader has seen
   * @param news is told what was read or delivered: {@link Recording#READ} or {@link
   *     Recording#DELIVERED}, and the event
   */
  Readers(QueueBackend backend, String org, long after, BiConsumer<String, LoggedEvent> news) {
    this.backend = backend;
    this.org = org;
    this.at = after;
    this.news = news;
  }

  /** Reads and delivers what is there. Returns true if there was something. */
  boolean look() {
    long before = at;
    at = EventsOf.read(backend, org, at, event -> news.accept(Recording.READ, event));
    return deliver() | at > before;
  }

  private boolean deliver() {
    StoredWebhook webhook = backend.webhooks().find(org, WEBHOOK).orElse(null);
    if (webhook == null) {
      return backend.webhooks().add(org, WEBHOOK, "0");
    }
    long cursor = Long.parseLong(webhook.text());
    List<LoggedEvent> batch = backend.events().after(org, cursor, BATCH).events();
    batch.forEach(event -> news.accept(Recording.DELIVERED, event));
    return !batch.isEmpty()
        && backend.webhooks().replace(org, webhook, String.valueOf(cursor + batch.size()));
  }

  /** The number of the last event that was delivered for sure. */
  static long cursor(QueueBackend backend, String org) {
    return backend
        .webhooks()
        .find(org, WEBHOOK)
        .map(webhook -> Long.parseLong(webhook.text()))
        .orElse(0L);
  }
}
