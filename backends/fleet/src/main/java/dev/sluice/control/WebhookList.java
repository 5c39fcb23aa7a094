package dev.sluice.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks of orgs, for people. Times are epoch ms. */
public interface WebhookList {

  /**
   * @param types empty for all
   * @param projects empty for the whole org
   * @param labels those that the work of an event must have
   * @param disabled the reason; null if it isn't
   * @param pausedUntil the receiver asked for it; 0 if it didn't
   * @param waiting events that are to be sent again
   * @param missed events that were dropped before they were sent
   * @param deliveries the latest first
   */
  record Webhook(
      String id,
      String url,
      List<String> types,
      List<String> projects,
      Map<String, String> labels,
      String format,
      String madeBy,
      long createdAt,
      @Nullable String disabled,
      long pausedUntil,
      int waiting,
      long missed,
      List<Sent> deliveries) {}

  /**
   * The latest attempt to deliver an event.
   *
   * @param event 0 for a test
   * @param type null if the event is no longer kept
   * @param state {@code delivered}, {@code retrying} or {@code dead}
   * @param answer its status, or why there was none
   * @param next time of the next attempt; 0 for none
   */
  record Sent(
      long event,
      @Nullable String type,
      String state,
      String answer,
      long at,
      int attempt,
      long ms,
      long next) {}

  /** Returns the webhooks of an org by their ids, sorted. */
  List<Webhook> of(String org);

  /** Posts a test at once, for up to 15 s; empty if there is no such webhook. */
  Optional<Sent> sendTest(Actor actor, String id);
}
