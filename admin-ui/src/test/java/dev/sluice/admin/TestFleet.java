package dev.sluice.admin;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class TestFleet {

  private static final AuditNote BY = new AuditNote("test", "");

  public final String org;
  private final QueueBackend backend;
  private final MovableClock clock;

  public TestFleet(AdminServer server) {
    this(server, "org-" + UUID.randomUUID());
  }

  public TestFleet(AdminServer server, String org) {
    this.org = org;
    this.backend = server.store.there();
    this.clock = server.clock;
  }

  public Visitor visitor(VisitorRole role) {
    return new Visitor("ann", "operator:ann", role, org, false);
  }

  public FleetWork work(String id) {
    return new FleetWork(id, this::enqueue);
  }

  private void enqueue(FleetWork work) {
    Enqueued result = backend.work().enqueue(org, List.of(work.at(clock.now()))).get(0);
    if (result.refusal() != null) {
      throw new IllegalStateException(result.toString());
    }
  }

  public String worker(String id, String... projects) {
    return worker(id, 10, List.of(), projects);
  }

  public String worker(String id, int capacity, List<String> can, String... projects) {
    return worker("key-1", "host-" + id, id, capacity, "1.2.3", can, projects);
  }

  public String workerOf(String key, String id) {
    return worker(key, "host-" + id, id, 10, "1.2.3", List.of());
  }

  public String workerOn(String host, String id, String version) {
    return worker("key-1", host, id, 10, version, List.of());
  }

  private String worker(
      String key,
      String host,
      String id,
      int capacity,
      String version,
      List<String> can,
      String... projects) {
    register(key, host, id, capacity, null, "{\"version\":\"" + version + "\"}", can, projects);
    return id;
  }

  /** Replaces an earlier worker of the machine. */
  public void workerOnMachine(String machine, String id, int capacity) {
    register("key-1", "host-of-" + machine, id, capacity, machine, "{}", List.of());
  }

  /** Registers a worker with these details, a JSON object. */
  public void workerWith(String id, String details) {
    register("key-1", "host-" + id, id, 10, null, details, List.of());
  }

  private void register(
      String key,
      String host,
      String id,
      int capacity,
      @Nullable String machine,
      String details,
      List<String> can,
      String... projects) {
    backend
        .workers()
        .register(
            org,
            new Registration(
                id,
                key,
                Dialect.STANDARD,
                host,
                capacity,
                Projects.of(List.of(projects)),
                can,
                false,
                machine,
                details,
                List.of()));
  }

  public void beat(String worker) {
    backend.workers().heartbeat(ref(worker), new Heartbeat(0, null, null));
  }

  public void beat(String worker, Heartbeat heartbeat) {
    backend.workers().heartbeat(ref(worker), heartbeat);
  }

  public List<String> poll(String worker, int max) {
    List<String> ids = new ArrayList<>();
    PollRequest request = new PollRequest(ref(worker), UUID.randomUUID().toString(), max);
    backend.workers().poll(request).work().forEach(each -> ids.add(each.sessionId()));
    return ids;
  }

  public void report(String session, String worker, SessionState state, Map<String, String> said) {
    backend
        .sessions()
        .report(org, session, holder(worker), new StatusReport(state, new TreeMap<>(said), -1));
  }

  public void report(String session, String worker, SessionState state, long costMicroUsd) {
    backend
        .sessions()
        .report(
            org, session, holder(worker), new StatusReport(state, new TreeMap<>(), costMicroUsd));
  }

  /** Reports a failed run of this cause. */
  public void fail(String session, String worker, String cause) {
    StatusReport failed = new StatusReport(SessionState.FAILED, new TreeMap<>(), -1);
    backend.sessions().report(org, session, holder(worker), failed.failing(Failure.of(cause)));
  }

  public void touch(String session, String worker) {
    backend.sessions().touch(org, session, holder(worker));
  }

  public void nack(String session, String worker) {
    nack(session, worker, null);
  }

  public void nack(String session, String worker, @Nullable String reason) {
    backend.sessions().nack(org, session, holder(worker), NackReason.of(reason));
  }

  /** It dies: a worker that leaves again denies it first. */
  public void deny(String session, String worker, String reason) {
    requeue(session);
    String first = worker("denies first");
    for (String each : List.of(first, worker)) {
      WorkerRef claiming = new WorkerRef(org, each, null);
      backend.sessions().claim(org, session, claiming);
      backend.sessions().nack(org, session, holder(each), NackReason.of(reason), true);
    }
    backend.workers().deregister(new WorkerRef(org, first, null), null);
  }

  public void requeue(String session) {
    backend.sessions().requeue(org, session, Place.ANY, BY);
  }

  public void tell(String session, String worker, String type, String body, String tool) {
    backend
        .sessions()
        .addActivity(
            org, session, holder(worker), new NewActivity(type, body, tool, new TreeMap<>()));
  }

  public String send(String session, MessageType type, Lane lane, String payload, String user) {
    NewMessage message = new NewMessage(type, lane, payload, null, user);
    return backend.inboxes().send(org, session, message, BY).message().id();
  }

  public void ack(String session, String message, Lane lane, String worker) {
    backend.inboxes().ack(org, session, message, lane, holder(worker));
  }

  public void giveUp(String session, String message, String reason, String worker) {
    Undeliverable gone = new Undeliverable(message, NackReason.of(reason));
    backend
        .sessions()
        .refresh(org, session, holder(worker), new RefreshRequest(false, null, List.of(gone)));
  }

  public void pause(String project, String reason, String actor) {
    backend.queues().pause(org, project, 0, new AuditNote(actor, reason));
  }

  public void drain(String worker) {
    backend.workers().drain(org, worker, true, null);
  }

  public void limit(String project, Integer most, Long budgetMicroUsd) {
    backend.queues().limit(org, project, new QueueLimits(most, budgetMicroUsd), BY);
  }

  public void stopOrder(String id, String project, String... sessions) {
    List<StopTarget> targets =
        Stream.of(sessions)
            .map(session -> new StopTarget(session, session(session).token()))
            .toList();
    backend.stopOrders().add(org, new NewStopOrder(id, project, targets), BY);
  }

  public Session session(String id) {
    return backend.sessions().find(org, id);
  }

  public ProjectQueue queue(String project) {
    return backend.queues().find(org, project);
  }

  public void act(String actor, String verb, String object, String reason, String detail) {
    backend.audit().add(org, new AuditNote(actor, reason), verb, object, detail);
  }

  public void key(String id, String name) {
    Key key = new Key(id, org, Key.Type.USER, name, Set.of(Scope.WORK_WRITE), List.of(name));
    backend.credentials().addKey(UUID.randomUUID().toString(), key);
  }

  public void minted(String id, String by, @Nullable Long expiresAt) {
    Key key =
        new Key(
            id,
            org,
            Key.Type.USER,
            "of " + by,
            Set.of(Scope.WORK_WRITE),
            List.of(),
            clock.now(),
            expiresAt,
            by);
    backend.credentials().addKey(UUID.randomUUID().toString(), key);
  }

  public void stop(String session) {
    StopMessage order = new StopMessage("enough", "usr-1", "An operator");
    backend.sessions().stop(org, session, order, Place.ANY, new AuditNote("usr-1", ""));
  }

  /** Beats through the stop grace without naming its sessions. */
  public void passGrace(String worker) {
    for (int i = 0; i <= 18; i++) {
      sweep();
      clock.jump(Duration.ofSeconds(10));
      beat(worker);
    }
    sweep();
  }

  /** Lets the leases of all workers end. */
  public void passLease() {
    for (int i = 0; i < 20; i++) {
      clock.jump(Duration.ofSeconds(10));
      sweep();
    }
  }

  public void deregister(String worker) {
    backend.workers().deregister(ref(worker), BY);
  }

  public void sweep() {
    while (backend.upkeep().sweepStep(org).more()) {
      // until nothing more is due
    }
  }

  public void deadLetter(String id) {
    work(id).deadline(clock.now() + 1).enqueue();
    clock.jump(Duration.ofMillis(2));
    sweep();
  }

  private WorkerRef ref(String worker) {
    return new WorkerRef(org, worker, null);
  }

  private Holder holder(String worker) {
    return new Holder(worker, null, 0);
  }
}
