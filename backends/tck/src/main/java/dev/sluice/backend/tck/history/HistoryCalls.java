package dev.sluice.backend.tck.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class HistoryCalls {

  static final AuditNote BY = new AuditNote("u-1", "as it happens");

  private HistoryCalls() {}

  static Call change(Call.Operation operation, String name, @Nullable Object... arguments) {
    return new Call(text(name, arguments), subject(arguments), false, operation, null);
  }

  static Call read(Call.Operation operation, String name, @Nullable Object... arguments) {
    return new Call(text(name, arguments), subject(arguments), true, operation, null);
  }

  private static @Nullable String subject(@Nullable Object... arguments) {
    return arguments.length > 0 && arguments[0] instanceof String name ? name : null;
  }

  static String text(String name, @Nullable Object... arguments) {
    String list = Arrays.toString(arguments);
    return name + "(" + list.substring(1, list.length() - 1) + ")";
  }

  // Work

  static Call enqueue(List<NewWork> items) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.work().enqueue(org, items)), "enqueue", items);
  }

  static Call bytes() {
    return read(
        (store, org, ids) -> HistoryAnswer.of(store.work().storedBytes(org)), "storedBytes");
  }

  static Call counts() {
    return read((store, org, ids) -> HistoryAnswer.of(store.work().counts(org)), "counts");
  }

  static Call standing(String session) {
    return read(
        (store, org, ids) -> HistoryAnswer.of(store.work().standing(org, session)),
        "standing",
        session);
  }

  static Call listWork(String project, Place place, @Nullable Cursor cursor, int limit) {
    return new Call(
        text("work.list", project, place, cursor, limit),
        project,
        true,
        (store, org, ids) ->
            HistoryAnswer.of(store.work().list(org, project, place, cursor, limit)),
        next -> listWork(project, place, next, limit));
  }

  static Call listStandings(String project, Place place, @Nullable Cursor cursor, int limit) {
    return new Call(
        text("work.standings", project, place, cursor, limit),
        project,
        true,
        (store, org, ids) ->
            HistoryAnswer.of(store.work().standings(org, project, place, cursor, limit)),
        next -> listStandings(project, place, next, limit));
  }

  static Call reprioritise(String session, int priority) {
    return change(
        (store, org, ids) ->
            HistoryAnswer.of(store.work().reprioritise(org, session, priority, BY)),
        "reprioritise",
        session,
        priority);
  }

  static Call front(String session) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.work().front(org, session, BY)),
        "front",
        session);
  }

  // Workers

  static Call register(Registration registration) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.workers().register(org, registration)),
        "register",
        registration);
  }

  static Call heartbeat(String worker, @Nullable String key, Heartbeat heartbeat) {
    return change(
        (store, org, ids) ->
            HistoryAnswer.of(store.workers().heartbeat(new WorkerRef(org, worker, key), heartbeat)),
        "heartbeat",
        worker,
        key,
        heartbeat);
  }

  static Call poll(String worker, @Nullable String key, String request, int max, boolean batch) {
    return new Call(
        text("poll", worker, key, request, max, batch),
        worker,
        false,
        (store, org, ids) ->
            HistoryAnswer.of(
                store
                    .workers()
                    .poll(new PollRequest(new WorkerRef(org, worker, key), request, max, batch))),
        null,
        request);
  }

  static Call findWorker(String worker, @Nullable String key) {
    return read(
        (store, org, ids) ->
            HistoryAnswer.of(store.workers().find(new WorkerRef(org, worker, key))),
        "workers.find",
        worker,
        key);
  }

  static Call listWorkers(@Nullable Cursor cursor, int limit) {
    return new Call(
        text("workers.list", cursor, limit),
        null,
        true,
        (store, org, ids) -> HistoryAnswer.of(store.workers().list(org, cursor, limit)),
        next -> listWorkers(next, limit));
  }

  static Call drain(String worker, boolean drain) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.workers().drain(org, worker, drain, BY)),
        "drain",
        worker,
        drain);
  }

  /**
   * @param key null for a manual call
   */
  static Call deregister(String worker, @Nullable String key) {
    AuditNote note = key == null ? BY : null;
    return change(
        (store, org, ids) ->
            HistoryAnswer.of(store.workers().deregister(new WorkerRef(org, worker, key), note)),
        "deregister",
        worker,
        key);
  }

  // Jobs

  static Call addJobs(List<NewBatchJob> jobs) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.batch().add(org, jobs)), "addJobs", jobs);
  }

  static Call findJob(String job) {
    return read(
        (store, org, ids) -> HistoryAnswer.of(store.batch().find(org, job)), "batch.find", job);
  }

  // Queues

  static Call findQueue(String project) {
    return read(
        (store, org, ids) -> HistoryAnswer.of(store.queues().find(org, project)),
        "queues.find",
        project);
  }

  static Call listQueues(@Nullable Cursor cursor, int limit) {
    return new Call(
        text("queues.list", cursor, limit),
        null,
        true,
        (store, org, ids) -> HistoryAnswer.of(store.queues().list(org, cursor, limit)),
        next -> listQueues(next, limit));
  }

  static Call pause(String project, String reason, long untilMs) {
    AuditNote note = new AuditNote("u-1", reason);
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.queues().pause(org, project, untilMs, note)),
        "pause",
        project,
        reason,
        untilMs);
  }

  static Call resume(String project) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.queues().resume(org, project, BY)),
        "resume",
        project);
  }

  static Call limit(String project, QueueLimits limits) {
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.queues().limit(org, project, limits, BY)),
        "limit",
        project,
        limits);
  }

  // Audit

  static Call audit(String actor, String reason) {
    return change(
        (store, org, ids) ->
            HistoryAnswer.of(
                store.audit().add(org, new AuditNote(actor, reason), "look", "an item", "raw")),
        "audit.add",
        actor,
        reason);
  }

  /** Cursors name the org, which may differ from the engine's. */
  static Call listAudit(@Nullable Cursor cursor, int limit) {
    return new Call(
        text("audit.list", cursor == null ? null : cursor.number(), limit),
        null,
        true,
        (store, org, ids) ->
            HistoryAnswer.of(orgless(store.audit().list(org, in(cursor, org), limit))),
        next -> listAudit(next, limit));
  }

  private static @Nullable Cursor in(@Nullable Cursor cursor, String org) {
    return cursor == null ? null : new Cursor(cursor.number(), org);
  }

  private static Page<AuditLine> orgless(Page<AuditLine> page) {
    return new Page<>(page.items(), in(page.next(), "the org"));
  }

  // Orders to stop many

  static Call addStop(String run, @Nullable String project, List<StopTarget> targets) {
    NewStopOrder order = new NewStopOrder(run, project, targets);
    return change(
        (store, org, ids) -> HistoryAnswer.of(store.stopOrders().add(org, order, BY)),
        "stopOrders.add",
        order);
  }

  static Call findStop(String run) {
    return read(
        (store, org, ids) -> HistoryAnswer.of(store.stopOrders().find(org, run)),
        "stopOrders.find",
        run);
  }

  // Upkeep and credentials: their answers carry no number

  static Call sweep() {
    return change(
        (store, org, ids) -> HistoryAnswer.withoutNumber(store.upkeep().sweepStep(org)),
        "sweepStep");
  }

  static Call known() {
    return read(
        (store, org, ids) -> HistoryAnswer.withoutNumber(store.upkeep().orgs().contains(org)),
        "orgs");
  }

  static Call addKey(String key) {
    return change(
        (store, org, ids) ->
            HistoryAnswer.withoutNumber(
                store
                    .credentials()
                    .mintKey(
                        hash(key + " of " + org),
                        new Key(
                            key,
                            org,
                            Key.Type.WORKER_REGISTRATION,
                            "a key",
                            Set.of(Scope.WORKER_REGISTER),
                            List.of()))),
        "addKey",
        key);
  }

  private static String hash(String secret) {
    String half = UUID.nameUUIDFromBytes(secret.getBytes(UTF_8)).toString().replace("-", "");
    return half + half;
  }

  static Call revoke(String key) {
    return change(
        (store, org, ids) -> HistoryAnswer.withoutNumber(store.credentials().revoke(org, key)),
        "revoke",
        key);
  }

  static Call keys() {
    return read(
        (store, org, ids) ->
            HistoryAnswer.withoutNumber(
                store.credentials().keys(org).stream().map(Key::id).toList()),
        "keys");
  }
}
