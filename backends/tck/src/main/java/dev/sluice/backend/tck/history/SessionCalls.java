package dev.sluice.backend.tck.history;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

final class SessionCalls {

  private static final NackReason BECAUSE = new NackReason("no room for \"it\"");

  private SessionCalls() {}

  // Sessions

  static Call find(String session) {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.sessions().find(org, session)),
        "sessions.find",
        session);
  }

  static Call findPublic(String name) {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.sessions().findPublic(org, name)),
        "sessions.findPublic",
        name);
  }

  static Call listSessions(Place place, @Nullable Cursor cursor, int limit) {
    return new Call(
        HistoryCalls.text("sessions.list", place, cursor, limit),
        null,
        true,
        (store, org, ids) -> HistoryAnswer.of(store.sessions().list(org, place, cursor, limit)),
        next -> listSessions(place, next, limit));
  }

  static Call listRows(@Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return new Call(
        HistoryCalls.text("sessions.rows", project, place, cursor, limit),
        project,
        true,
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().rows(org, project, place, cursor, limit)),
        next -> listRows(project, place, next, limit));
  }

  static Call listClaims(@Nullable String project, @Nullable Cursor cursor, int limit) {
    return new Call(
        HistoryCalls.text("sessions.claims", project, cursor, limit),
        project,
        true,
        (store, org, ids) -> HistoryAnswer.of(store.sessions().claims(org, project, cursor, limit)),
        next -> listClaims(project, next, limit));
  }

  static Call claim(String session, String worker, @Nullable String key) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().claim(org, session, new WorkerRef(org, worker, key))),
        "claim",
        session,
        worker,
        key);
  }

  static Call report(String session, Holder holder, StatusReport report) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().report(org, session, ids.holder(holder), report)),
        "report",
        session,
        holder,
        report);
  }

  static Call touch(String session, Holder holder) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().touch(org, session, ids.holder(holder))),
        "touch",
        session,
        holder);
  }

  static Call refresh(String session, Holder holder, RefreshRequest request) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store.sessions().refresh(org, session, ids.holder(holder), ids.refresh(request))),
        "refresh",
        session,
        holder,
        request);
  }

  static Call addActivity(String session, Holder holder, NewActivity activity) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store.sessions().addActivity(org, session, ids.holder(holder), activity)),
        "addActivity",
        session,
        holder,
        activity);
  }

  static Call activities(String session, long afterId, int limit) {
    return HistoryCalls.read(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().activities(org, session, afterId, limit)),
        "activities",
        session,
        afterId,
        limit);
  }

  static Call timeline(String session) {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.sessions().timeline(org, session)),
        "timeline",
        session);
  }

  static Call nack(String session, Holder holder, boolean denied) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store.sessions().nack(org, session, ids.holder(holder), BECAUSE, denied)),
        "nack",
        session,
        holder,
        denied);
  }

  static Call giveBack(String worker, Map<String, Long> tokens) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().giveBack(org, worker, ids.tokens(tokens))),
        "giveBack",
        worker,
        new TreeMap<>(tokens));
  }

  static Call transfer(
      String session, String oldWorker, String worker, @Nullable String key, boolean speaksForOld) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store
                    .sessions()
                    .transfer(
                        org, session, oldWorker, new WorkerRef(org, worker, key), speaksForOld)),
        "transfer",
        session,
        oldWorker,
        worker,
        key,
        speaksForOld);
  }

  static Call stop(String session) {
    return stop(session, Place.ANY);
  }

  static Call stop(String session, Set<Place> from) {
    // One order a session: of two at once either may come first, and nothing tells which.
    StopMessage order = new StopMessage("enough of " + session, "u-1", null);
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().stop(org, session, order, from, HistoryCalls.BY)),
        "stop",
        session,
        places(from));
  }

  static Call requeue(String session) {
    return requeue(session, Place.ANY);
  }

  static Call requeue(String session, Set<Place> from) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.sessions().requeue(org, session, from, HistoryCalls.BY)),
        "requeue",
        session,
        places(from));
  }

  private static String places(Set<Place> from) {
    return from.equals(Place.ANY) ? "any" : new TreeSet<>(from).toString();
  }

  // Inboxes

  static Call send(String session, NewMessage message) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(store.inboxes().send(org, session, message, HistoryCalls.BY)),
        "send",
        session,
        message);
  }

  static Call ack(String session, String message, Lane lane, @Nullable Holder holder) {
    return HistoryCalls.change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store
                    .inboxes()
                    .ack(
                        org,
                        session,
                        ids.message(message),
                        lane,
                        holder == null ? null : ids.holder(holder))),
        "ack",
        session,
        message,
        lane,
        holder);
  }

  static Call inbox(String session) {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.inboxes().list(org, session)),
        "inboxes.list",
        session);
  }

  static Call history(String session) {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.inboxes().history(org, session)),
        "inboxes.history",
        session);
  }

  static Call lane(Lane lane, @Nullable Cursor cursor, int limit) {
    return new Call(
        HistoryCalls.text("inboxes.unacknowledged", lane, cursor, limit),
        null,
        true,
        (store, org, ids) ->
            HistoryAnswer.of(store.inboxes().unacknowledged(org, lane, cursor, limit)),
        next -> lane(lane, next, limit));
  }

  static Call unread() {
    return HistoryCalls.read(
        (store, org, ids) -> HistoryAnswer.of(store.inboxes().counts(org)), "inboxes.counts");
  }
}
