package dev.sluice.service.webhooks;

import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.control.Actor;
import dev.sluice.control.WebhookList;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.webhooks.WebhookRecord.Delivery;
import dev.sluice.service.webhooks.WebhookRecord.Lease;
import dev.sluice.service.webhooks.WebhookRecord.Progress;
import dev.sluice.service.webhooks.WebhookRecord.Secret;
import dev.sluice.service.webhooks.WebhookRecord.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The acts of people on webhooks. Each writes an audit line first. */
public final class WebhookCalls implements WebhookList {

  /** The time for which an earlier secret signs too. */
  static final Duration ROTATION = Duration.ofHours(24);

  private final WebhookSender sender;
  private final Audit audit;

  public WebhookCalls(WebhookSender sender, Audit audit) {
    this.sender = sender;
    this.audit = audit;
  }

  /**
   * @param secret only for the call that makes it
   */
  public record Made(String id, WebhookRecord webhook, String secret, boolean replayed) {

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }

  public boolean allowsPrivate() {
    return sender.allowPrivate;
  }

  public Map<String, WebhookRecord> list(String org) {
    return sender.table.list(org);
  }

  public Optional<WebhookRecord> find(String org, String id) {
    return sender.table.find(org, id);
  }

  /**
   * Makes a webhook, which gets the events from now on. One of the same id is the answer to an
   * earlier try of the call.
   */
  public Made create(Actor actor, String id, NewWebhook wanted) {
    String org = actor.org();
    Optional<WebhookRecord> before = sender.table.find(org, id);
    if (before.isPresent()) {
      return replayed(org, id, before.get(), wanted);
    }
    String secret = orRandom(wanted.secret());
    WebhookRecord webhook =
        new WebhookRecord(
            new Settings(
                wanted.url(),
                wanted.types(),
                wanted.projects(),
                wanted.labels(),
                wanted.format(),
                List.of(new Secret(sender.secrets.seal(org, secret), 0)),
                actor.name(),
                sender.clock.millis()),
            Lease.NONE,
            Progress.from(log().after(org, 0, 1).latest()));
    Objects.requireNonNull(webhook.filter(org)); // refuses unknown types
    if (sender.table.list(org).size() >= Webhooks.MAX) {
      throw tooMany();
    }
    write(actor, "add-webhook", id, webhook);
    if (!sender.table.add(org, id, webhook)) {
      throw tooMany(); // others were made meanwhile
    }
    sender.wake(org, id);
    return new Made(id, webhook, secret, false);
  }

  private static ApiException tooMany() {
    return ApiException.conflict("The org has " + Webhooks.MAX + " webhooks; remove some first");
  }

  private static String orRandom(@Nullable String secret) {
    return secret == null ? WebhookSecrets.random() : secret;
  }

  private Made replayed(String org, String id, WebhookRecord made, NewWebhook wanted) {
    List<Secret> secrets = made.settings().secrets();
    String secret = // the first one
        sender.secrets.open(org, secrets.get(secrets.size() - 1).sealed()).orElse("");
    if (!wanted.isLike(made.settings(), secret)) {
      throw ApiException.keyReused(Refusals.IDEMPOTENCY_KEY);
    }
    return new Made(id, made, secret, true);
  }

  public void remove(Actor actor, String id) {
    write(actor, "remove-webhook", id, require(actor.org(), id));
    if (!sender.table.remove(actor.org(), id)) {
      throw ApiException.webhookNotFound();
    }
  }

  /**
   * Gives a webhook another secret. The one before signs too for a while.
   *
   * @param given null for a new one
   */
  public Made rotate(Actor actor, String id, @Nullable String given) {
    String org = actor.org();
    String secret = orRandom(given);
    write(actor, "rotate-secret", id, require(org, id));
    String sealed = sender.secrets.seal(org, secret);
    long now = sender.clock.millis();
    WebhookRecord after =
        sender
            .table
            .change(
                org,
                id,
                before ->
                    before.with(before.settings().rotated(sealed, now, now + ROTATION.toMillis())))
            .orElseThrow(ApiException::webhookNotFound);
    return new Made(id, after, secret, false);
  }

  /**
   * Sends a test at once, on the calling thread, for up to 15 s. One that is taken enables the
   * webhook again.
   */
  public Delivery test(Actor actor, String id) {
    String org = actor.org();
    WebhookRecord webhook = require(org, id);
    write(actor, "test-webhook", id, webhook);
    Delivery delivery = WebhookBatch.test(sender, org, id, webhook);
    sender.table.change(
        org,
        id,
        before ->
            before.with(
                progress -> {
                  Progress after = progress.attempted(List.of(delivery));
                  return delivery.isDelivered() && after.disabled() != null
                      ? after.disabled(null)
                      : after;
                }));
    sender.wake(org, id);
    return delivery;
  }

  @Override
  public List<Webhook> of(String org) {
    return list(org).entrySet().stream().map(each -> of(each.getKey(), each.getValue())).toList();
  }

  private static Webhook of(String id, WebhookRecord webhook) {
    Settings settings = webhook.settings();
    Progress progress = webhook.progress();
    return new Webhook(
        id,
        settings.url(),
        settings.types(),
        settings.projects(),
        settings.labels(),
        settings.format().wire(),
        settings.madeBy(),
        settings.createdAt(),
        progress.disabled(),
        progress.pausedUntil(),
        progress.retries().size(),
        progress.missed(),
        progress.deliveries().stream().map(WebhookCalls::of).toList());
  }

  private static Sent of(Delivery sent) {
    String answer =
        sent.status() > 0 ? Integer.toString(sent.status()) : String.valueOf(sent.error());
    return new Sent(
        sent.event(),
        sent.type(),
        sent.state(),
        answer,
        sent.at(),
        sent.attempt(),
        sent.ms(),
        sent.next());
  }

  @Override
  public Optional<Sent> sendTest(Actor actor, String id) {
    return find(actor.org(), id).map(webhook -> of(test(actor, id)));
  }

  /** Sends an event again that the webhook got, or should have got. */
  public void replay(Actor actor, String id, long event) {
    String org = actor.org();
    WebhookRecord webhook = require(org, id);
    if (!isKept(org, webhook, event)) {
      throw ApiException.deliveryNotFound();
    }
    write(actor, "replay-event", id, webhook);
    AtomicReference<String> problem = new AtomicReference<>();
    sender.table.change(
        org,
        id,
        before -> {
          problem.set(problem(before.progress()));
          return problem.get() == null
              ? before.with(progress -> progress.replayed(event, sender.clock.millis()))
              : null;
        });
    if (problem.get() != null) {
      throw ApiException.wrongState(problem.get());
    }
    sender.wake(org, id);
  }

  private static @Nullable String problem(Progress progress) {
    if (progress.disabled() != null) {
      return "The webhook is disabled; a test that succeeds enables it";
    }
    return progress.isFull() ? "Too many events are to be sent again already" : null;
  }

  private boolean isKept(String org, WebhookRecord webhook, long event) {
    if (event < 1 || event > webhook.progress().cursor()) {
      return false;
    }
    EventPage page = log().after(org, event - 1, 1);
    return !EventPage.expired(event - 1, page.oldest(), page.latest())
        && page.events().stream()
            .anyMatch(each -> sender.tails.passes(org, webhook.filter(org), each));
  }

  /** Runs a call that waits for a receiver. */
  public void later(Runnable task) {
    sender.threads.look(task);
  }

  private EventLog log() {
    return sender.backend.events();
  }

  private WebhookRecord require(String org, String id) {
    return sender.table.find(org, id).orElseThrow(ApiException::webhookNotFound);
  }

  private void write(Actor actor, String verb, String id, WebhookRecord webhook) {
    URI url = WebhookTarget.parse(webhook.settings().url());
    audit.add(actor.org(), actor.note(), verb, id, url == null ? "" : url.getHost());
  }
}
