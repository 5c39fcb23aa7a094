package dev.sluice.service.control;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BatchAdded;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Key;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewStopRun;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkResult;
import dev.sluice.control.FleetControl;
import dev.sluice.control.StoppedMany;
import dev.sluice.service.errors.Refusals;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs, each with an audit line in the store, left in its own step, and one in the log of that
 * name once it has taken effect.
 */
public final class AuditedFleetControl implements FleetControl {

  private static final Set<Place> WAITING =
      Set.of(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED);

  /** Why one session of many isn't stopped, which keeps the others from nothing. */
  private static final Set<Refusal> PASSED_OVER =
      Set.of(Refusal.UNKNOWN_SESSION, Refusal.WRONG_STATE, Refusal.DAMAGED);

  private static final Logger LOG = LoggerFactory.getLogger(AuditedFleetControl.class);

  /** Bounds what one call may take, not what is done in the end: the timer sweeps too. */
  private static final int MAX_SWEEP_STEPS = 1_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final Supplier<String> stopIds;
  private final BiConsumer<String, String> deregistered;

  /**
   * @param stopIds makes the ids of orders to stop many
   * @param deregistered is given org and id of a worker that was deregistered
   */
  public AuditedFleetControl(
      QueueBackend backend,
      Clock clock,
      Supplier<String> stopIds,
      BiConsumer<String, String> deregistered) {
    this.backend = backend;
    this.clock = clock;
    this.stopIds = stopIds;
    this.deregistered = deregistered;
  }

  @Override
  public List<Enqueued> enqueue(Actor actor, List<NewWork> items) {
    return backend.work().enqueue(actor.org(), items).value();
  }

  @Override
  public List<BatchAdded> addBatch(Actor actor, List<NewBatchJob> jobs) {
    return backend.batch().add(actor.org(), jobs).value();
  }

  @Override
  public StopResult stop(Actor actor, String sessionId, StopOrder order, Set<Place> from) {
    StopResult result =
        backend.sessions().stop(actor.org(), sessionId, order, from, note(actor)).value();
    log(actor, AuditAct.stop(sessionId));
    return result;
  }

  @Override
  public StoppedMany stopAll(Actor actor, @Nullable String project, boolean pause) {
    StopMany many = new StopMany(backend, actor.org());
    if (pause) {
      many.open(project).forEach(queue -> pause(actor, queue, 0));
    }
    StopMany.Running running = many.running(project);
    NewStopRun order = running.order(stopIds.get(), project);
    StopRun run = backend.stopOrders().add(actor.org(), order, note(actor)).value();
    log(actor, AuditAct.stopMany(order));
    StopOrder stop = because(actor);
    Actor each = actor.because("stop-many " + run.id());
    run.targets().forEach(target -> stopOne(each, target.sessionId(), stop));
    return new StoppedMany(run, running.more());
  }

  /** One session of many: what has ended or come back meanwhile is left as it is. */
  private void stopOne(Actor actor, String sessionId, StopOrder order) {
    boolean stopped =
        Refusals.except(
            PASSED_OVER,
            () -> stop(actor, sessionId, order, Set.of(Place.CLAIMED)).messageId() != null,
            reason -> false);
    if (!stopped) {
      LOG.info("{} passes over session {}", actor.reason(), sessionId);
    }
  }

  @Override
  public SendResult send(Actor actor, String sessionId, NewMessage message) {
    SendResult sent = backend.inboxes().send(actor.org(), sessionId, message, note(actor)).value();
    if (!sent.replayed()) {
      log(actor, AuditAct.send(sessionId, message.type(), message.lane()));
    }
    return sent;
  }

  @Override
  public Session requeue(Actor actor, String sessionId, Set<Place> from) {
    Session requeued =
        backend.sessions().requeue(actor.org(), sessionId, from, note(actor)).value();
    log(actor, AuditAct.requeue(sessionId));
    return requeued;
  }

  @Override
  public SweepResult sweep(Actor actor) {
    note(actor, "sweep", actor.org(), "");
    SweepResult all = SweepResult.NOTHING;
    int steps = 0;
    do {
      all = all.and(backend.upkeep().sweepStep(actor.org()));
      steps++;
    } while (all.more() && steps < MAX_SWEEP_STEPS);
    return all;
  }

  @Override
  public StoredTime setTime(Actor actor) {
    StoredTime time = backend.upkeep().setTime(actor.org(), note(actor)).value();
    log(actor, AuditAct.setTime().found(String.valueOf(time.wasMs() - time.nowMs())));
    return time;
  }

  @Override
  public List<String> deregister(Actor actor, String workerId) {
    List<String> returned =
        backend
            .workers()
            .deregister(new WorkerRef(actor.org(), workerId, null), note(actor))
            .value();
    deregistered.accept(actor.org(), workerId);
    log(actor, AuditAct.deregister(workerId).found(String.valueOf(returned.size())));
    return returned;
  }

  @Override
  public void note(Actor actor, String verb, String object, String detail) {
    backend.audit().add(actor.org(), note(actor), verb, object, detail);
    log(actor, new AuditAct(verb, object, detail));
  }

  @Override
  public Session reprioritise(Actor actor, String sessionId, int priority) {
    Session session =
        backend.work().reprioritise(actor.org(), sessionId, priority, note(actor)).value();
    log(actor, AuditAct.reprioritise(sessionId, priority));
    return session;
  }

  @Override
  public Session front(Actor actor, String sessionId) {
    Session session = backend.work().front(actor.org(), sessionId, note(actor)).value();
    log(actor, AuditAct.front(sessionId));
    return session;
  }

  @Override
  public Session cancel(Actor actor, String sessionId) {
    return stop(actor, sessionId, because(actor), WAITING).session();
  }

  @Override
  public Session requeueDead(Actor actor, String sessionId) {
    return requeue(actor, sessionId, Set.of(Place.DEAD));
  }

  @Override
  public Session discard(Actor actor, String sessionId) {
    return stop(actor, sessionId, because(actor), Set.of(Place.DEAD)).session();
  }

  private static StopOrder because(Actor actor) {
    return new StopOrder(actor.reason(), actor.name(), null);
  }

  @Override
  public BulkResult bulk(Actor actor, BulkOrder order) {
    return new BulkWalk(backend, this, clock, actor, order).run();
  }

  @Override
  public Worker drain(Actor actor, String workerId, boolean drain) {
    Worker worker = backend.workers().drain(actor.org(), workerId, drain, note(actor)).value();
    log(actor, AuditAct.drain(workerId, drain));
    return worker;
  }

  @Override
  public ProjectQueue pause(Actor actor, String project, long untilMs) {
    ProjectQueue queue = backend.queues().pause(actor.org(), project, untilMs, note(actor)).value();
    log(actor, AuditAct.pause(project, untilMs));
    return queue;
  }

  @Override
  public ProjectQueue resume(Actor actor, String project) {
    ProjectQueue queue = backend.queues().resume(actor.org(), project, note(actor)).value();
    log(actor, AuditAct.resume(project));
    return queue;
  }

  @Override
  public ProjectQueue limit(Actor actor, String project, QueueLimits limits) {
    ProjectQueue queue = backend.queues().limit(actor.org(), project, limits, note(actor)).value();
    log(actor, AuditAct.limit(project, limits));
    return queue;
  }

  @Override
  public void addKey(Actor actor, String hash, Key key) {
    note(actor, "mint", key.id(), key.name());
    backend.credentials().addKey(hash, key);
  }

  @Override
  public boolean revokeKey(Actor actor, String keyId) {
    // The store notes whatever it is told to revoke: an id that is no key would stay there for
    // good.
    List<Key> keys = backend.credentials().keys(actor.org());
    boolean known = keys.stream().anyMatch(key -> key.id().equals(keyId));
    if (known) {
      for (String id : Key.family(keys, keyId)) {
        note(actor, "revoke", id, id.equals(keyId) ? "" : "with " + keyId);
      }
      backend.credentials().revoke(actor.org(), keyId);
    }
    return known;
  }

  private static AuditNote note(Actor actor) {
    return new AuditNote(actor.name(), actor.reason());
  }

  /** The line without what only the store's step has found; parts that say nothing are left out. */
  private static void log(Actor actor, AuditAct act) {
    String detail = act.detail().contains("%s") ? "" : act.detail();
    AuditLog.line(actor.org(), actor.name(), act.verb(), act.object(), detail, actor.reason());
  }
}
