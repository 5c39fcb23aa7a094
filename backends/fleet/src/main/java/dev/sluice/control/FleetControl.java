package dev.sluice.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Operations that take several calls of the store. Each call writes its own audit line. */
public final class FleetControl {

  private static final System.Logger LOG = System.getLogger(FleetControl.class.getName());

  /** Don't end a stop of many. */
  private static final Set<Refusal> PASSED_OVER =
      Set.of(Refusal.UNKNOWN_SESSION, Refusal.WRONG_STATE, Refusal.DAMAGED);

  /** The timer continues. */
  private static final int MAX_SWEEP_STEPS = 1_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final Supplier<String> stopIds;
  private final BiConsumer<String, String> deregistered;
  private final int bulkStep;

  /**
   * @param deregistered gets org and id of a worker
   */
  public FleetControl(
      QueueBackend backend,
      Clock clock,
      Supplier<String> stopIds,
      BiConsumer<String, String> deregistered) {
    this(backend, clock, stopIds, deregistered, BulkWalk.MOST);
  }

  public FleetControl(
      QueueBackend backend,
      Clock clock,
      Supplier<String> stopIds,
      BiConsumer<String, String> deregistered,
      int bulkStep) {
    this.backend = backend;
    this.clock = clock;
    this.stopIds = stopIds;
    this.deregistered = deregistered;
    this.bulkStep = bulkStep;
  }

  /**
   * Stops all running sessions of a project or of the org. Stores the order, then stops sessions
   * one by one, each with an audit line that names the order; ended ones are skipped. A repeat
   * stops the rest. Work claimed meanwhile isn't stopped unless the queues are paused.
   *
   * @param project null for all projects
   * @param pause true to pause first the queue, or all that hold work
   */
  public StoppedMany stopAll(Actor actor, @Nullable String project, boolean pause) {
    StopMany many = new StopMany(backend, actor.org());
    if (pause) {
      many.open(project)
          .forEach(queue -> backend.queues().pause(actor.org(), queue, 0, actor.note()));
    }
    StopMany.Running running = many.running(project);
    NewStopOrder order = running.order(stopIds.get(), project);
    StopOrder run = backend.stopOrders().add(actor.org(), order, actor.note());
    AuditNote each = actor.because("stop-many " + run.id()).note();
    run.targets().forEach(target -> stopOne(actor, target.sessionId(), each));
    return new StoppedMany(run, running.more());
  }

  /** Skips a session that ended or returned meanwhile. */
  private void stopOne(Actor actor, String sessionId, AuditNote note) {
    boolean stopped;
    try {
      Set<Place> from = Set.of(Place.CLAIMED);
      stopped =
          backend
                  .sessions()
                  .stop(actor.org(), sessionId, actor.stopMessage(), from, note)
                  .messageId()
              != null;
    } catch (RefusedException refused) {
      if (!PASSED_OVER.contains(refused.refusal())) {
        throw refused;
      }
      stopped = false;
    }
    if (!stopped) {
      LOG.log(System.Logger.Level.INFO, "{0} passes over session {1}", note.reason(), sessionId);
    }
  }

  /**
   * Pauses the queues that aren't paused, each with its own audit line. Queues without work, limits
   * and pause are unknown and stay open. Repeats change nothing.
   *
   * @param untilMs automatic end, epoch ms; 0 for none
   * @param mine projects that the actor may act on
   * @param dryRun true to change nothing
   */
  public PausedMany pauseAll(Actor actor, long untilMs, Predicate<String> mine, boolean dryRun) {
    return new PauseMany(backend.queues(), actor, mine, dryRun).pause(untilMs);
  }

  /**
   * Resumes the queues that {@link #pauseAll} paused by this actor.
   *
   * @param anyones true to resume those too that others paused, or one by one
   * @param mine projects that the actor may act on
   * @param dryRun true to change nothing
   */
  public PausedMany resumeAll(
      Actor actor, boolean anyones, Predicate<String> mine, boolean dryRun) {
    return new PauseMany(backend.queues(), actor, mine, dryRun).resume(anyones);
  }

  /**
   * Acts on all items that match, each with its own audit line. A call is bounded in entries and
   * time: repeat until {@link BulkResult#next()} is null. Items moved by the act itself are neither
   * missed nor counted twice; items moved by others may be.
   *
   * @throws RefusedException {@link Refusal#BAD_CURSOR}
   * @throws dev.sluice.backend.BackendUnavailableException after a part; repeat the order to
   *     continue
   */
  public BulkResult bulk(Actor actor, BulkOrder order) {
    return new BulkWalk(backend, clock, actor, order, bulkStep).run();
  }

  /**
   * Acts on items by their ids, each with its own audit line, after one for all. Repeat with {@link
   * SelectedResult#next()} until that is -1. Sessions are stopped by one stored order. A failure of
   * the store is thrown only before the first change of a call.
   *
   * @param mine projects that the actor may act on
   */
  public SelectedResult selected(Actor actor, SelectedOrder order, Predicate<String> mine) {
    SelectedWalk walk = new SelectedWalk(backend, clock, actor, order, mine);
    return order.verb() == SelectedVerb.STOP ? walk.stop(stopIds) : walk.run();
  }

  /** Returns the workers of a host as stored now; none for an unknown one. */
  public Host host(String org, String name) {
    return new Host(
        name,
        Page.all(cursor -> backend.workers().list(org, cursor, Page.MAX)).stream()
            .filter(worker -> worker.registration().hostname().equals(name))
            .toList());
  }

  /**
   * Drains or undrains the workers of a host one by one, each with its own audit line. A worker
   * that registers meanwhile is left as it is, and is in the answer. Repeats change nothing.
   */
  public DrainedHost drain(Actor actor, Host host, boolean drain) {
    List<String> gone = new ArrayList<>();
    for (Worker each : host.workers()) {
      String id = each.registration().workerId();
      try {
        backend.workers().drain(actor.org(), id, drain, actor.note());
      } catch (RefusedException refused) {
        if (refused.refusal() != Refusal.UNKNOWN_WORKER) {
          throw refused;
        }
        gone.add(id);
      }
    }
    return new DrainedHost(host(actor.org(), host.name()), gone);
  }

  /**
   * Sweeps at once, see {@link dev.sluice.backend.store.Upkeep#sweepStep}; {@link
   * SweepResult#more()} if one call wasn't enough.
   */
  public SweepResult sweep(Actor actor) {
    String org = actor.org();
    backend.audit().add(org, actor.note(), "sweep", org, "");
    SweepResult all = SweepResult.NOTHING;
    int steps = 0;
    do {
      all = all.and(backend.upkeep().sweepStep(org));
      steps++;
    } while (all.more() && steps < MAX_SWEEP_STEPS);
    return all;
  }

  /**
   * Calls {@link dev.sluice.backend.workers.Workers#deregister}; this node refuses the worker's
   * calls at once.
   */
  public List<String> deregister(WorkerRef worker, @Nullable AuditNote note) {
    List<String> returned = backend.workers().deregister(worker, note);
    deregistered.accept(worker.org(), worker.workerId());
    return returned;
  }
}
