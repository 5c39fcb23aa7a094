package dev.sluice.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.SelectedResult.Item;
import dev.sluice.control.SelectedResult.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Acts on items one by one. What changed since they were selected is left alone and told. Each act
 * has its audit line, and all together one. A failure after a change ends the walk with what was
 * done so far.
 */
final class SelectedWalk {

  private final QueueBackend backend;
  private final Clock clock;
  private final Actor actor;
  private final SelectedOrder order;
  private final Predicate<String> mine;

  SelectedWalk(
      QueueBackend backend, Clock clock, Actor actor, SelectedOrder order, Predicate<String> mine) {
    this.backend = backend;
    this.clock = clock;
    this.actor = actor;
    this.order = order;
    this.mine = mine;
  }

  /** Bounded in items and time. */
  SelectedResult run() {
    if (order.from() == 0 && !order.dryRun()) {
      backend
          .audit()
          .add(
              actor.org(),
              actor.note(),
              "bulk",
              order.verb().wire(),
              order.items().size() + " items");
    }
    long end = clock.millis() + BulkWalk.BUDGET_MS;
    List<Item> items = new ArrayList<>();
    for (StopTarget item : order.rest()) {
      if (clock.millis() >= end || !added(items, () -> done(look(item), actor.note()))) {
        break;
      }
    }
    return result(items, null);
  }

  /** Stores the order before it stops all of them, as its receipts need. */
  SelectedResult stop(Supplier<String> ids) {
    List<Look> looks = order.rest().stream().map(this::look).toList();
    List<Session> running = looks.stream().filter(Look::allowed).map(Look::session).toList();
    if (order.dryRun() || running.isEmpty()) {
      return new SelectedResult(looks.stream().map(Look::item).toList(), null, -1);
    }
    List<StopTarget> targets =
        running.stream().map(each -> new StopTarget(each.id(), each.token())).toList();
    String id =
        backend
            .stopOrders()
            .add(actor.org(), new NewStopOrder(ids.get(), project(running), targets), actor.note())
            .id();
    AuditNote note = actor.because("stop-many " + id).note();
    List<Item> items = new ArrayList<>();
    for (Look look : looks) {
      if (!added(items, () -> done(again(look), note))) {
        break;
      }
    }
    return result(items, id);
  }

  /** Other workers may have claimed some of thousands since the first look. */
  private Look again(Look before) {
    Session session = before.session();
    return before.allowed() && session != null
        ? look(new StopTarget(session.id(), session.token()))
        : before;
  }

  /** Returns false at a failure after a change; throws it before one. */
  private boolean added(List<Item> items, Supplier<Item> act) {
    try {
      return items.add(act.get());
    } catch (RefusedException | BackendUnavailableException failure) {
      if (order.dryRun() || items.stream().noneMatch(item -> item.outcome() == Outcome.DONE)) {
        throw failure;
      }
      return false;
    }
  }

  private SelectedResult result(List<Item> items, @Nullable String stopId) {
    int next = order.from() + items.size();
    return new SelectedResult(items, stopId, next < order.items().size() ? next : -1);
  }

  /** Returns null unless all are of one, whose keys may then read the receipts. */
  private static @Nullable String project(List<Session> sessions) {
    String project = sessions.get(0).project();
    return sessions.stream().allMatch(each -> each.project().equals(project)) ? project : null;
  }

  /**
   * @param session null if unknown
   */
  private record Look(StopTarget target, Outcome outcome, @Nullable Session session) {

    boolean allowed() {
      return outcome == Outcome.DONE;
    }

    Item item() {
      return as(outcome);
    }

    Item as(Outcome other) {
      return new Item(target.sessionId(), other, session == null ? 0 : session.priority());
    }
  }

  private Look look(StopTarget target) {
    Session session;
    try {
      session = backend.sessions().find(actor.org(), target.sessionId());
    } catch (RefusedException refused) {
      return new Look(target, outcome(refused), null);
    }
    if (!mine.test(session.project())) {
      return new Look(target, Outcome.UNKNOWN, null);
    }
    boolean same = target.token() == 0 || target.token() == session.token();
    boolean allowed = order.verb().allows(session) && (same || session.place().waits());
    return new Look(target, allowed ? Outcome.DONE : where(session), session);
  }

  private Item done(Look look, AuditNote note) {
    if (!look.allowed() || order.dryRun()) {
      return look.item();
    }
    try {
      apply(look.target().sessionId(), note);
      return look.item();
    } catch (RefusedException refused) {
      return look.as(outcome(refused, look.target()));
    }
  }

  private void apply(String id, AuditNote note) {
    String org = actor.org();
    switch (order.verb()) {
      case STOP ->
          backend.sessions().stop(org, id, actor.stopMessage(), Set.of(Place.CLAIMED), note);
      case RETURN -> backend.sessions().requeue(org, id, Set.of(Place.CLAIMED), note);
      case CANCEL -> backend.sessions().stop(org, id, actor.stopMessage(), Place.WAITING, note);
      case REPRIORITISE -> backend.work().reprioritise(org, id, order.priority(), note);
      case SEND -> backend.inboxes().send(org, id, Objects.requireNonNull(order.message()), note);
      case REQUEUE -> backend.sessions().requeue(org, id, Set.of(Place.DEAD), note);
      case DISCARD ->
          backend.sessions().stop(org, id, actor.stopMessage(), Set.of(Place.DEAD), note);
    }
  }

  /** Looks again: it changed between the look and the act. */
  private Outcome outcome(RefusedException refused, StopTarget target) {
    if (refused.refusal() != Refusal.WRONG_STATE) {
      return outcome(refused);
    }
    try {
      return where(backend.sessions().find(actor.org(), target.sessionId()));
    } catch (RefusedException gone) {
      return outcome(gone);
    }
  }

  private static Outcome outcome(RefusedException refused) {
    return switch (refused.refusal()) {
      case UNKNOWN_SESSION -> Outcome.UNKNOWN;
      case DAMAGED -> Outcome.DAMAGED;
      case QUEUE_FULL, INBOX_FULL, STORE_FULL, TOO_MANY_CAPABILITY_SETS, TOO_MANY_PROJECTS ->
          Outcome.FULL;
      default -> throw refused;
    };
  }

  private static Outcome where(Session session) {
    return switch (session.place()) {
      case READY, PARKED, LATER, RETURNED -> Outcome.WAITING;
      case CLAIMED -> session.state().terminal() ? Outcome.STOPPING : Outcome.CLAIMED;
      case DEAD -> Outcome.DEAD;
      case ENDED -> Outcome.ENDED;
    };
  }
}
