package dev.sluice.control;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of operators and producers that take more than one call of the store. Each of the
 * calls leaves its own audit line.
 */
public final class FleetControl {

  private static final System.Logger LOG = System.getLogger(FleetControl.class.getName());

  /** Refusals of one session that don't keep the others from being stopped. */
  private static final Set<Refusal> PASSED_OVER =
      Set.of(Refusal.UNKNOWN_SESSION, Refusal.WRONG_STATE, Refusal.DAMAGED);

  /** Bounds one call, not the work in the end: the timer sweeps too. */
  private static final int MAX_SWEEP_STEPS = 1_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final Supplier<String> stopIds;
  private final BiConsumer<String, String> deregistered;
  private final int bulkStep;

  /**
   * @param stopIds makes the ids of orders to stop many
   * @param deregistered is given org and id of a worker that was deregistered
   */
  public FleetControl(
      QueueBackend backend,
      Clock clock,
      Supplier<String> stopIds,
      BiConsumer<String, String> deregistered) {
    this(backend, clock, stopIds, deregistered, BulkWalk.MOST);
  }

  /**
   * @param bulkStep most entries that one call of {@link #bulk} looks at
   */
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
   * Stops all that runs in a project or in the org. First the order is stored, then its sessions
   * are stopped one by one, each with an audit line of its own that names the order; one that has
   * ended meanwhile is left alone. Where this breaks off, the same order again stops the rest.
   * Waiting work stays; what is handed out meanwhile isn't stopped, unless the queues are paused.
   *
   * @param project whose sessions; null for those of all projects
   * @param pause whether to close that queue before, or all that hold work, until resumed
   */
  public StoppedMany stopAll(Actor actor, @Nullable String project, boolean pause) {
    StopMany many = new StopMany(backend, actor.org());
    if (pause) {
      many.open(project)
          .forEach(queue -> backend.queues().pause(actor.org(), queue, 0, actor.note()));
    }
    StopMany.Running running = many.running(project);
    NewStopOrder order = running.order(stopIds.get(), project);
    StopOrder run = backend.stopOrders().add(actor.org(), order, actor.note()).value();
    AuditNote each = actor.because("stop-many " + run.id()).note();
    run.targets().forEach(target -> stopOne(actor, target.sessionId(), each));
    return new StoppedMany(run, running.more());
  }

  /** Stops one session of many, unless it has ended or come back meanwhile. */
  private void stopOne(Actor actor, String sessionId, AuditNote note) {
    boolean stopped;
    try {
      Set<Place> from = Set.of(Place.CLAIMED);
      stopped =
          backend
                  .sessions()
                  .stop(actor.org(), sessionId, actor.stopMessage(), from, note)
                  .value()
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
   * Does one thing to all that match, each by the verb for one of them, with an audit line of its
   * own. Walks on from the order's cursor for a bounded number of entries and a bounded time, so
   * that it is called again until {@link BulkResult#next()} is null. Whatever this walk itself
   * moves is neither missed nor counted twice; what others move meanwhile may be.
   *
   * @throws RefusedException {@link Refusal#BAD_CURSOR}
   * @throws dev.sluice.backend.BackendUnavailableException with part of it done; the same order
   *     again goes on
   */
  public BulkResult bulk(Actor actor, BulkOrder order) {
    return new BulkWalk(backend, clock, actor, order, bulkStep).run();
  }

  /**
   * Handles what is due in the actor's org, as the service does by itself all the time; see {@link
   * dev.sluice.backend.Upkeep#sweepStep}.
   *
   * @return what was done; {@link SweepResult#more()} where there was too much of it for one call
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
   * Deletes a worker, whose calls this node refuses at once; see {@link
   * dev.sluice.backend.workers.Workers#deregister}.
   */
  public List<String> deregister(WorkerRef worker, @Nullable AuditNote note) {
    List<String> returned = backend.workers().deregister(worker, note).value();
    deregistered.accept(worker.org(), worker.workerId());
    return returned;
  }
}
