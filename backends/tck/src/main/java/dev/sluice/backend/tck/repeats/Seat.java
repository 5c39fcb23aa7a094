package dev.sluice.backend.tck.repeats;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A caller and an org. Ids are fixed, so that two orgs can be compared. */
record Seat(BackendUnderTest store, QueueBackend backend, String org) {

  static final AuditNote BY = new AuditNote("usr-1", "a test");

  KitWorker worker() {
    return worker("w");
  }

  KitWorker worker(String id) {
    return new KitWorker(() -> backend, org).named(id);
  }

  Object register(KitWorker worker) {
    return backend.workers().register(org, worker.registration());
  }

  /** Work that a registered worker has claimed. */
  void claim(String id) {
    register(worker());
    enqueue(WorkBuilder.work(id));
    poll("claims " + id, 1, false);
  }

  void run(String id) {
    claim(id);
    report(id, SessionState.RUNNING);
  }

  void inGrace(String id) {
    run(id);
    stop(id);
  }

  void dead(String id, long atMs) {
    enqueue(WorkBuilder.work(id).deadline(atMs + 1));
  }

  Object enqueue(WorkBuilder... work) {
    return backend.work().enqueue(org, Stream.of(work).map(WorkBuilder::build).toList());
  }

  Object poll(String request, int max, boolean jobs) {
    return poll(worker(), request, max, jobs);
  }

  Object poll(KitWorker worker, String request, int max, boolean jobs) {
    return backend.workers().poll(new PollRequest(worker.ref(), request, max, jobs));
  }

  Object beat(Heartbeat heartbeat) {
    return backend.workers().heartbeat(worker().ref(), heartbeat);
  }

  Object report(String id, SessionState state) {
    return report("w", id, state);
  }

  Object report(String worker, String id, SessionState state) {
    StatusReport report = new StatusReport(state, new TreeMap<>(), 7_000);
    return backend.sessions().report(org, id, holder(worker), report);
  }

  static Holder holder(String worker) {
    return new Holder(worker, null, 0);
  }

  Object stop(String id) {
    StopMessage message = new StopMessage("enough", "usr-1", "An operator");
    return backend.sessions().stop(org, id, message, Place.ANY, BY);
  }

  Object requeue(String id) {
    return backend.sessions().requeue(org, id, Set.of(Place.CLAIMED, Place.DEAD), BY);
  }

  Message send(String id) {
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "go on", null, null);
    return backend.inboxes().send(org, id, message, BY).message();
  }

  /** A key that no other org has. */
  Key key() {
    return new Key("key-1", org, Key.Type.USER, "a key", Set.of(Scope.values()[0]), List.of());
  }

  String hash() {
    return hash(org);
  }

  static String hash(String org) {
    return org.replace("-", "").replace("kit", "0");
  }

  static List<NewBatchJob> jobs(String... ids) {
    return Stream.of(ids).map(id -> new NewBatchJob(id, "content of " + id, "{}")).toList();
  }

  long token(String id) {
    return backend.sessions().find(org, id).token();
  }

  KitWorker snake() {
    return worker("snake").speaking(Dialect.SNAKE_CASE);
  }
}
