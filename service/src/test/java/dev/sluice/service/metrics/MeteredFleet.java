package dev.sluice.service.metrics;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.metrics.calls.MeteredBackend;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The metered engine on its own clock, and the verbs of its tests. */
final class MeteredFleet {

  private static final AuditNote BY = new AuditNote("ann", "a release");

  static final String ORG = "acme";

  final MovableClock clock = new MovableClock();
  final AtomicLong nanos = new AtomicLong();
  final Meters meters = new Meters();
  final HandOuts handOuts = new HandOuts(meters.handOuts, nanos::get);
  final QueueBackend backend;
  private int requests;

  MeteredFleet() {
    backend =
        MeteredBackend.of(
            new MemoryBackend(Rules.DEFAULTS, clock),
            new StoreTimes(meters, nanos::get),
            new Outcomes(meters, handOuts, clock.utc()));
    meters
        .registry()
        .register(
            new FleetCollector(
                backend,
                new WorkerSnapshots(backend.workers(), nanos::get),
                handOuts,
                meters.lateReports,
                3,
                clock.utc(),
                nanos::get));
  }

  /** Scrapes, more than a second after the last scrape. */
  Exposition scrape() {
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    return Exposition.of(meters.registry());
  }

  void pass(Duration time) {
    backend.upkeep().sweep();
    long step = Rules.DEFAULTS.outageGapMs() / 2;
    for (long left = time.toMillis(); left > 0; left -= step) {
      clock.jump(Duration.ofMillis(Math.min(left, step)));
      backend.upkeep().sweep();
    }
  }

  Enqueued enqueue(String id, String project, long queuedAtMs) {
    NewWork work =
        new NewWork(id, id, id, project, List.of(), 3, queuedAtMs, 0, 0, "content of " + id, "{}");
    return backend.work().enqueue(ORG, List.of(work)).get(0);
  }

  void register(String worker, int capacity, boolean draining) {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                worker,
                "key",
                Dialect.STANDARD,
                "h",
                capacity,
                Projects.ALL,
                List.of(),
                draining,
                "{}"));
  }

  void poll(String worker) {
    WorkerRef ref = new WorkerRef(ORG, worker, null);
    backend.workers().poll(new PollRequest(ref, "request-" + requests++, 1));
  }

  void report(String session, String worker, SessionState state) {
    report(session, worker, state, null);
  }

  void report(String session, String worker, SessionState state, @Nullable String cause) {
    StatusReport report =
        new StatusReport(state, new TreeMap<>(), -1)
            .failing(cause == null ? null : Failure.of(cause));
    backend.sessions().report(ORG, session, holder(worker), report);
  }

  Message send(String session) {
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null);
    return backend.inboxes().send(ORG, session, message, BY).message();
  }

  void ack(String session, String message, Lane lane) {
    backend.inboxes().ack(ORG, session, message, lane, null);
  }

  void nack(String session, String worker) {
    backend.sessions().nack(ORG, session, holder(worker), null);
  }

  void requeue(String session) {
    backend.sessions().requeue(ORG, session, Place.ANY, BY);
  }

  void stop(String session) {
    backend.sessions().stop(ORG, session, new StopMessage("enough", null, null), Place.ANY, BY);
  }

  void deregister(String worker) {
    backend.workers().deregister(new WorkerRef(ORG, worker, null), null);
  }

  void drain(String worker) {
    backend.workers().drain(ORG, worker, true, BY);
  }

  void pause(String project) {
    backend.queues().pause(ORG, project, 0, BY);
  }

  void audited(String verb) {
    backend.audit().add(ORG, BY, verb, "x", "");
  }

  void limit(String project, QueueLimits limits) {
    backend.queues().limit(ORG, project, limits, BY);
  }

  private static Holder holder(String worker) {
    return new Holder(worker, null, 0);
  }
}
