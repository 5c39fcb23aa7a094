package dev.sluice.control;

import dev.sluice.backend.BatchAdded;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Message;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.SweepResult;
import java.util.List;
import java.util.Set;

/**
 * What producers and operators may change. Every verb but those that add work, which stand on the
 * work itself, leaves an audit line with the actor's name and reason, in the step that changes
 * something. Refusals are those of the backend.
 */
public interface FleetControl {

  /** See {@link dev.sluice.backend.WorkQueue#enqueue}. */
  List<Enqueued> enqueue(Actor actor, List<NewWork> items);

  /** See {@link dev.sluice.backend.BatchLane#add}. */
  List<BatchAdded> addBatch(Actor actor, List<NewBatchJob> jobs);

  /** Cancels waiting work, stops running work; see {@link dev.sluice.backend.Sessions#stop}. */
  default StopResult stop(Actor actor, String sessionId, StopOrder order) {
    return stop(actor, sessionId, order, Place.ANY);
  }

  /** The same where the session is in one of these places. */
  StopResult stop(Actor actor, String sessionId, StopOrder order, Set<Place> from);

  /** See {@link dev.sluice.backend.Inboxes#send}. */
  Message send(Actor actor, String sessionId, NewMessage message);

  /** Puts a session back into the queue; see {@link dev.sluice.backend.Sessions#requeue}. */
  default Session requeue(Actor actor, String sessionId) {
    return requeue(actor, sessionId, Place.ANY);
  }

  /** The same where the session is in one of these places. */
  Session requeue(Actor actor, String sessionId, Set<Place> from);

  /**
   * Handles what is due in the actor's org, as the service does by itself all the time; see {@link
   * dev.sluice.backend.Upkeep#sweepStep}.
   *
   * @return what was done; {@link SweepResult#more()} where there was too much of it for one call
   */
  SweepResult sweep(Actor actor);

  /** Deletes a worker; see {@link dev.sluice.backend.Workers#deregister}. */
  List<String> deregister(Actor actor, String workerId);

  /**
   * Leaves the audit line of an act that is none of these verbs; to be called before the act. See
   * {@link dev.sluice.backend.Audit#add}.
   */
  void note(Actor actor, String verb, String object, String detail);
}
