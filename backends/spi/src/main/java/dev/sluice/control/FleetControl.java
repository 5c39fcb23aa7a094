package dev.sluice.control;

import dev.sluice.backend.BatchAdded;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Key;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.Worker;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * Stops all that runs in a project or in the org. First the order is stored, then its sessions
   * are stopped one by one, each with an audit line of its own that names the order; one that has
   * ended meanwhile is left alone. Where this breaks off, the same order again stops the rest.
   * Waiting work stays; what is handed out meanwhile isn't stopped, unless the queues are paused.
   *
   * @param project whose sessions; null for those of all projects
   * @param pause whether to close that queue before, or all that hold work, until resumed
   */
  StoppedMany stopAll(Actor actor, @Nullable String project, boolean pause);

  /** See {@link dev.sluice.backend.Inboxes#send}. */
  SendResult send(Actor actor, String sessionId, NewMessage message);

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

  /** Sets the time of the actor's org; see {@link dev.sluice.backend.Upkeep#setTime}. */
  StoredTime setTime(Actor actor);

  /** Deletes a worker; see {@link dev.sluice.backend.Workers#deregister}. */
  List<String> deregister(Actor actor, String workerId);

  /**
   * Leaves the audit line of an act that is none of these verbs; to be called before the act. See
   * {@link dev.sluice.backend.Audit#add}.
   */
  void note(Actor actor, String verb, String object, String detail);

  /** See {@link dev.sluice.backend.WorkQueue#reprioritise}. */
  Session reprioritise(Actor actor, String sessionId, int priority);

  /** See {@link dev.sluice.backend.WorkQueue#front}. */
  Session front(Actor actor, String sessionId);

  /**
   * Cancels work that waits. Unlike {@link #stop} it never takes work from a worker.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#WRONG_STATE}
   *     unless it waits
   */
  Session cancel(Actor actor, String sessionId);

  /**
   * Lets a dead letter run anew. Unlike {@link #requeue} it never takes work from a worker.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#WRONG_STATE}
   *     unless it is dead; and as {@link dev.sluice.backend.Sessions#requeue}
   */
  Session requeueDead(Actor actor, String sessionId);

  /**
   * Throws a dead letter away.
   *
   * @return the session after it
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#WRONG_STATE}
   *     unless it is dead
   */
  Session discard(Actor actor, String sessionId);

  /**
   * Does one thing to all that match, each by the verb for one of them, with an audit line of its
   * own. Walks on from the order's cursor for a bounded number of entries and a bounded time, so
   * that it is called again until {@link BulkResult#next()} is null. Whatever this walk itself
   * moves is neither missed nor counted twice; what others move meanwhile may be.
   *
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#BAD_CURSOR}
   * @throws dev.sluice.backend.BackendUnavailableException with part of it done; the same order
   *     again goes on
   */
  BulkResult bulk(Actor actor, BulkOrder order);

  /** See {@link dev.sluice.backend.Workers#drain}. */
  Worker drain(Actor actor, String workerId, boolean drain);

  /** See {@link dev.sluice.backend.Queues#pause}; the reason is the actor's. */
  ProjectQueue pause(Actor actor, String project, long untilMs);

  /** See {@link dev.sluice.backend.Queues#resume}. */
  ProjectQueue resume(Actor actor, String project);

  /** See {@link dev.sluice.backend.Queues#limit}. */
  ProjectQueue limit(Actor actor, String project, QueueLimits limits);

  /**
   * Stores a new key of the actor's org.
   *
   * @param hash SHA-256 of its secret, lower-case hex
   */
  void addKey(Actor actor, String hash, Key key);

  /**
   * Revokes a key of the actor's org for good; see {@link dev.sluice.backend.Credentials#revoke}.
   *
   * @return whether there was such a key; nothing changed if not
   */
  boolean revokeKey(Actor actor, String keyId);
}
