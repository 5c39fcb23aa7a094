package dev.sluice.admin;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BatchAdded;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Key;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueLimits;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkResult;
import dev.sluice.control.FleetControl;
import dev.sluice.control.StoppedMany;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Each verb is one call of the store, which leaves its audit line; those of many calls are made in
 * a simple way here, and as the service makes them tested there.
 */
record TestControl(QueueBackend backend) implements FleetControl {

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
    return backend.sessions().stop(actor.org(), sessionId, order, from, by(actor)).value();
  }

  @Override
  public StoppedMany stopAll(Actor actor, String project, boolean pause) {
    return new TestMany(this).stopAll(actor, project, pause);
  }

  @Override
  public SendResult send(Actor actor, String sessionId, NewMessage message) {
    return backend.inboxes().send(actor.org(), sessionId, message, by(actor)).value();
  }

  @Override
  public Session requeue(Actor actor, String sessionId, Set<Place> from) {
    return backend.sessions().requeue(actor.org(), sessionId, from, by(actor)).value();
  }

  @Override
  public SweepResult sweep(Actor actor) {
    return backend.upkeep().sweepStep(actor.org());
  }

  @Override
  public List<String> deregister(Actor actor, String workerId) {
    return backend
        .workers()
        .deregister(new WorkerRef(actor.org(), workerId, null), by(actor))
        .value();
  }

  @Override
  public void note(Actor actor, String verb, String object, String detail) {
    backend.audit().add(actor.org(), by(actor), verb, object, detail);
  }

  @Override
  public Session reprioritise(Actor actor, String sessionId, int priority) {
    return backend.work().reprioritise(actor.org(), sessionId, priority, by(actor)).value();
  }

  @Override
  public Session front(Actor actor, String sessionId) {
    return backend.work().front(actor.org(), sessionId, by(actor)).value();
  }

  @Override
  public Session cancel(Actor actor, String sessionId) {
    Set<Place> waiting = EnumSet.of(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED);
    return stop(actor, sessionId, order(actor), waiting).session();
  }

  @Override
  public Session requeueDead(Actor actor, String sessionId) {
    return requeue(actor, sessionId, Set.of(Place.DEAD));
  }

  @Override
  public Session discard(Actor actor, String sessionId) {
    return stop(actor, sessionId, order(actor), Set.of(Place.DEAD)).session();
  }

  @Override
  public BulkResult bulk(Actor actor, BulkOrder order) {
    return new TestMany(this).bulk(actor, order);
  }

  @Override
  public Worker drain(Actor actor, String workerId, boolean drain) {
    return backend.workers().drain(actor.org(), workerId, drain, by(actor)).value();
  }

  @Override
  public ProjectQueue pause(Actor actor, String project, long untilMs) {
    return backend.queues().pause(actor.org(), project, untilMs, by(actor)).value();
  }

  @Override
  public ProjectQueue resume(Actor actor, String project) {
    return backend.queues().resume(actor.org(), project, by(actor)).value();
  }

  @Override
  public ProjectQueue limit(Actor actor, String project, QueueLimits limits) {
    return backend.queues().limit(actor.org(), project, limits, by(actor)).value();
  }

  @Override
  public void addKey(Actor actor, String hash, Key key) {
    note(actor, "mint", key.id(), key.name());
    backend.credentials().addKey(hash, key);
  }

  @Override
  public boolean revokeKey(Actor actor, String keyId) {
    note(actor, "revoke", keyId, "");
    return backend.credentials().revoke(actor.org(), keyId);
  }

  static AuditNote by(Actor actor) {
    return new AuditNote(actor.name(), actor.reason());
  }

  static StopOrder order(Actor actor) {
    return new StopOrder(actor.reason(), actor.name(), null);
  }

  @Override
  public StoredTime setTime(Actor actor) {
    return backend.upkeep().setTime(actor.org(), by(actor)).value();
  }
}
