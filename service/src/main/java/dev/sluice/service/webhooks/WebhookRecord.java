package dev.sluice.service.webhooks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.events.EventFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A webhook as it is stored. Times are epoch ms. */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record WebhookRecord(Settings settings, Lease lease, Progress progress) {

  /** The form of bodies. */
  public enum Format {
    STANDARD,
    CLOUDEVENTS;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param types as {@code GET /api/events} takes them; empty for all
   * @param projects empty for the whole org
   * @param labels those that the work of an event must have
   * @param secrets the latest first
   * @param madeBy credential
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Settings(
      String url,
      List<String> types,
      List<String> projects,
      SortedMap<String, String> labels,
      Format format,
      List<Secret> secrets,
      String madeBy,
      long createdAt) {

    public Settings {
      types = types == null ? List.of() : List.copyOf(types); // absent ones are null
      projects = projects == null ? List.of() : List.copyOf(projects);
      secrets = secrets == null ? List.of() : List.copyOf(secrets);
      labels =
          labels == null
              ? Collections.emptySortedMap()
              : Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      format = format == null ? Format.STANDARD : format;
    }

    /** The earlier ones sign until then. */
    public Settings rotated(String sealed, long nowMs, long untilMs) {
      List<Secret> rotated = new ArrayList<>(List.of(new Secret(sealed, 0)));
      secrets.stream()
          .filter(secret -> secret.signs(nowMs))
          .map(secret -> secret.until() == 0 ? new Secret(secret.sealed(), untilMs) : secret)
          .limit(MAX_SECRETS - 1)
          .forEach(rotated::add);
      return new Settings(url, types, projects, labels, format, rotated, madeBy, createdAt);
    }
  }

  /**
   * @param sealed as {@link WebhookSecrets#seal} made it
   * @param until end of its use; 0 for none
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Secret(String sealed, long until) {

    boolean signs(long nowMs) {
      return until == 0 || nowMs < until;
    }
  }

  /**
   * The node that sends.
   *
   * @param owner empty for none
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Lease(String owner, long until) {

    static final Lease NONE = new Lease("", 0);

    public Lease {
      owner = owner == null ? "" : owner; // an empty one isn't stored
    }

    boolean isOf(String node) {
      return owner.equals(node);
    }

    boolean isFree(long nowMs) {
      return owner.isEmpty() || until <= nowMs;
    }
  }

  /**
   * An event that is to be sent again.
   *
   * @param tries that failed; 0 for a replay
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Retry(long event, int tries, long next) {}

  /**
   * The latest attempt to deliver an event.
   *
   * @param event its number; 0 for a test
   * @param attempt counted from 1
   * @param status of the answer; 0 for none
   * @param error instead of a status
   * @param next time of the next attempt; 0 for none
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Delivery(
      long event,
      @Nullable String type,
      long at,
      int attempt,
      int status,
      @Nullable String error,
      long ms,
      long next) {

    @JsonIgnore
    public boolean isDelivered() {
      return status >= 200 && status < 300;
    }

    /** Returns {@code delivered}, {@code retrying} or {@code dead}. */
    public String state() {
      return isDelivered() ? "delivered" : next > 0 ? "retrying" : "dead";
    }
  }

  /**
   * @param cursor number of the last event that was taken
   * @param missed events that were dropped from the log before they were taken
   * @param pausedUntil the receiver asked for it; 0 after the next post that it takes
   * @param disabled the reason; null if it isn't
   * @param deliveries the latest first
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Progress(
      long cursor,
      long missed,
      long pausedUntil,
      @Nullable String disabled,
      List<Retry> retries,
      List<Delivery> deliveries) {

    public Progress {
      retries = retries == null ? List.of() : List.copyOf(retries); // absent ones are null
      deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
    }

    static Progress from(long cursor) {
      return new Progress(cursor, 0, 0, null, List.of(), List.of());
    }

    Progress taken(long upTo, long nowMissed) {
      return new Progress(
          Math.max(upTo, 0), missed + nowMissed, pausedUntil, disabled, retries, deliveries);
    }

    Progress paused(long untilMs) {
      return new Progress(cursor, missed, untilMs, disabled, retries, deliveries);
    }

    Progress disabled(@Nullable String reason) {
      return new Progress(cursor, missed, 0, reason, retries, deliveries);
    }

    /** Adds attempts, the latest last, and what is to be sent again. */
    Progress attempted(List<Delivery> attempts) {
      List<Retry> again = new ArrayList<>(retries);
      List<Delivery> latest = new ArrayList<>(deliveries);
      for (Delivery attempt : attempts) {
        if (attempt.event() > 0) {
          again.removeIf(retry -> retry.event() == attempt.event());
          latest.removeIf(before -> before.event() == attempt.event());
        }
        if (attempt.next() > 0) {
          again.add(new Retry(attempt.event(), attempt.attempt(), attempt.next()));
        }
        latest.add(0, attempt);
      }
      return new Progress(
          cursor, missed, pausedUntil, disabled, again, latest.stream().limit(MAX_SHOWN).toList());
    }

    /** Sends an event again, at once. */
    Progress replayed(long event, long nowMs) {
      Stream<Retry> others = retries.stream().filter(retry -> retry.event() != event);
      List<Retry> again = Stream.concat(Stream.of(new Retry(event, 0, nowMs)), others).toList();
      return new Progress(cursor, missed, pausedUntil, disabled, again, deliveries);
    }

    boolean isFull() {
      return retries.size() >= MAX_RETRIES;
    }
  }

  /** Deliveries that are kept to be looked at. */
  static final int MAX_SHOWN = 100;

  /** While so many are to be sent again, no other events are taken. */
  static final int MAX_RETRIES = 1_000;

  static final int MAX_SECRETS = 3;

  public WebhookRecord {
    lease = lease == null ? Lease.NONE : lease; // none isn't stored
  }

  WebhookRecord with(Settings other) {
    return new WebhookRecord(other, lease, progress);
  }

  WebhookRecord with(Lease other) {
    return new WebhookRecord(settings, other, progress);
  }

  WebhookRecord with(UnaryOperator<Progress> change) {
    return new WebhookRecord(settings, lease, change.apply(progress));
  }

  /** The events of the org that pass, as a key that is bound to the projects sees them. */
  EventFilter filter(String org) {
    Caller reader =
        new Caller(
            Caller.Mode.USER_KEY,
            org,
            null,
            settings.madeBy(),
            EnumSet.of(Scope.FLEET_READ),
            Projects.of(settings.projects()));
    return EventFilter.of(reader, String.join(",", settings.types()), null, null)
        .ofWork(null, settings.labels());
  }
}
