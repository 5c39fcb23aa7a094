package dev.sluice.service.webhooks;

import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.webhooks.WebhookRecord.Delivery;
import dev.sluice.service.webhooks.WebhookRecord.Progress;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Events that are sent together. They are begun in their order, a few at a time, until all are
 * sent, or the receiver asks for a rest, or is slow.
 */
final class WebhookBatch {

  private static final String GONE = "the receiver answered 410";

  static final String NO_SECRET = "its secret can't be opened";

  private static final int GONE_STATUS = 410;

  /** Posts of a webhook at a time. */
  private static final int TOGETHER = 8;

  /** No post begins later: the lease must outlast the batch. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int MOST_ERROR = 200;

  /**
   * @param event null if it is no longer kept
   * @param tries that failed
   */
  record Item(long number, @Nullable LoggedEvent event, int tries) {}

  private final WebhookSender sender;
  private final String org;
  private final String id;
  private final WebhookRecord webhook;
  private final List<SecretKeySpec> keys;
  private final Queue<Item> left;
  private final int most;
  private final long began = System.nanoTime();

  // guarded by this
  private final List<Delivery> attempts = new ArrayList<>();
  private int helpers;
  private boolean closed;

  private volatile boolean gone;
  private volatile boolean failed;
  private volatile long throttledUntil;

  WebhookBatch(
      WebhookSender sender,
      String org,
      String id,
      WebhookRecord webhook,
      List<SecretKeySpec> keys,
      List<Item> items) {
    this.sender = sender;
    this.org = org;
    this.id = id;
    this.webhook = webhook;
    this.keys = keys;
    this.left = new ConcurrentLinkedQueue<>(items);
    this.most = items.size();
  }

  static WebhookTarget target(String url, boolean allowPrivate) {
    URI parsed = Objects.requireNonNull(WebhookTarget.parse(url));
    return new WebhookTarget(parsed, allowPrivate, "webhooks.allowPrivate");
  }

  /** Sends on the calling thread, and on others as far as they are free. */
  void send(BooleanSupplier stop) {
    try (WebhookTarget.Posts posts =
        target(webhook.settings().url(), sender.allowPrivate).posts()) {
      for (int helper = 1; helper < Math.min(TOGETHER, most); helper++) {
        sender.threads.look(() -> help(posts, stop));
      }
      drain(posts, stop);
      awaitHelpers();
    }
  }

  private void help(WebhookTarget.Posts posts, BooleanSupplier stop) {
    synchronized (this) {
      if (closed) {
        return;
      }
      helpers++;
    }
    try {
      drain(posts, stop);
    } finally {
      synchronized (this) {
        helpers--;
        notifyAll();
      }
    }
  }

  private synchronized void awaitHelpers() {
    closed = true;
    boolean interrupted = false;
    while (helpers > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // their posts end by their deadlines
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(WebhookTarget.Posts posts, BooleanSupplier stop) {
    while (!gone
        && throttledUntil == 0
        && System.nanoTime() - began < MOST_NANOS
        && !stop.getAsBoolean()) {
      Item item = left.poll();
      if (item == null) {
        return;
      }
      Delivery attempt = attempt(posts, item);
      synchronized (this) {
        attempts.add(attempt);
      }
    }
  }

  private Delivery attempt(WebhookTarget.Posts posts, Item item) {
    LoggedEvent event = item.event();
    long now = sender.clock.millis();
    int attempt = item.tries() + 1;
    if (event == null) {
      return new Delivery(
          item.number(), null, now, attempt, 0, "the event is no longer kept", 0, 0);
    }
    WebhookMessage message = WebhookMessage.of(org, id, webhook.settings().format(), event);
    Post post = Post.of(posts, message.headers(keys, now), message.body());
    long throttled = post.throttledUntil(now);
    boolean done = post.isDelivered() || post.status() == GONE_STATUS;
    long planned = done ? 0 : RetryPlan.next(attempt, now);
    synchronized (this) { // another post may end at the same time
      gone |= post.status() == GONE_STATUS;
      failed = !post.isDelivered();
      throttledUntil = Math.max(throttledUntil, throttled);
    }
    return post.of(
        item.number(),
        event.type().wire(),
        now,
        attempt,
        planned == 0 ? 0 : Math.max(planned, throttled));
  }

  /**
   * @param answer null if there was none
   */
  private record Post(WebhookTarget.@Nullable Answer answer, @Nullable String error, long ms) {

    static Post of(WebhookTarget.Posts posts, Map<String, String> headers, byte[] body) {
      long start = System.nanoTime();
      WebhookTarget.Answer answer = null;
      String error = null;
      try {
        answer = posts.post(headers, body);
      } catch (IOException e) {
        error = words(e);
      }
      return new Post(answer, error, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    int status() {
      return answer == null ? 0 : answer.status();
    }

    boolean isDelivered() {
      return status() >= 200 && status() < 300;
    }

    long throttledUntil(long now) {
      return answer == null ? 0 : RetryPlan.throttledUntil(answer, now);
    }

    Delivery of(long event, String type, long at, int attempt, long next) {
      return new Delivery(event, type, at, attempt, status(), error, ms, next);
    }
  }

  /** Sends a test, which isn't sent again. */
  static Delivery test(WebhookSender sender, String org, String id, WebhookRecord webhook) {
    long now = sender.clock.millis();
    WebhookRecord.Settings settings = webhook.settings();
    List<SecretKeySpec> keys = sender.secrets.keys(org, settings.secrets(), now);
    if (keys.isEmpty()) {
      return new Delivery(0, WebhookMessage.TEST_TYPE, now, 1, 0, NO_SECRET, 0, 0);
    }
    WebhookMessage message =
        WebhookMessage.test(org, id, settings.format(), Secrets.randomHex(8), now);
    try (WebhookTarget.Posts posts = target(settings.url(), sender.allowPrivate).posts()) {
      return Post.of(posts, message.headers(keys, now), message.body())
          .of(0, WebhookMessage.TEST_TYPE, now, 1, 0);
    }
  }

  /** Never names the path of the url, which may open something. */
  static String words(IOException problem) {
    String message =
        problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    return message.length() <= MOST_ERROR ? message : message.substring(0, MOST_ERROR);
  }

  /** Returns the first event behind a number that was not begun; null if all were. */
  @Nullable Long firstLeft(long behind) {
    return left.stream()
        .map(Item::number)
        .filter(number -> number > behind)
        .findFirst()
        .orElse(null);
  }

  boolean isGone() {
    return gone;
  }

  /** True if the last post failed. */
  boolean hasFailed() {
    return failed;
  }

  synchronized Progress applied(Progress before) {
    Progress after = before.attempted(attempts).paused(throttledUntil);
    return gone ? after.disabled(GONE) : after;
  }
}
