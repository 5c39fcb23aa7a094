package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Holdings;
import dev.sluice.backend.engine.state.Pulse;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The life of a worker from its registration to its deletion. */
public final class WorkerOperations {

  private WorkerOperations() {}

  /**
   * Stores a worker, unless its id is stored; a sign of life either way. An earlier worker of its
   * machine goes, at once or with its last claim.
   */
  public record Register(Registration registration) implements Operation<Worker> {

    @Override
    public Worker run(Step step) {
      String id = registration.workerId();
      WorkerEntry known = step.state().worker(id);
      if (step.state().revoked(registration.registeredBy())
          || (known != null
              && step.state().revoked(known.record().registration().registeredBy()))) {
        throw step.refusal(Refusal.REVOKED, registration.workerId());
      }
      if (known == null) {
        requireRoom(step);
        retireBefore(step);
        step.apply(new Change.PutWorker(new WorkerRecord(registration, step.now())));
      }
      WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
      step.signOfLife(worker);
      return FindWorker.show(step, worker);
    }

    private void requireRoom(Step step) {
      int workers = step.state().workers().registered().size();
      if (workers >= step.rules().bounds().maxWorkers() && earlier(step) == null) {
        throw step.refusal(Refusal.TOO_MANY_WORKERS, "");
      }
      step.requireBytes(StoredBytes.of(registration));
    }

    private @Nullable WorkerEntry earlier(Step step) {
      String machine = registration.machineId();
      String earlier =
          machine == null
              ? null
              : step.state().workers().presentOn(registration.registeredBy(), machine);
      return earlier == null ? null : step.state().worker(earlier);
    }

    private void retireBefore(Step step) {
      WorkerEntry worker = earlier(step);
      if (worker == null) {
        return;
      }
      if (step.state().holdings(worker.record().id()).activeCount() == 0) {
        step.removeWorker(worker.record().id());
      } else {
        step.apply(new Change.PutWorker(worker.record().retire()));
      }
    }
  }

  /** A worker's heartbeat; answers how many items wait. */
  public record Beat(String workerId, @Nullable String registeredBy, Heartbeat heartbeat)
      implements Operation<Long> {

    @Override
    public Long run(Step step) {
      WorkerEntry worker = step.worker(workerId, registeredBy);
      step.apply(
          new Change.PutPulse(
              workerId,
              worker
                  .pulse()
                  .seen(step.now(), step.rules().leaseMs())
                  .running(heartbeat.activeCount())));
      Registration before = worker.record().registration();
      WorkerRecord said = worker.record().with(heartbeat.capacity(), heartbeat.draining());
      if (!said.equals(worker.record())) {
        step.apply(new Change.PutWorker(said));
        Registration now = said.registration();
        if (now.capacity() > before.capacity() || (before.draining() && !now.draining())) {
          step.news().slot(workerId);
        }
      }
      if (said.registration().dialect() == Dialect.SNAKE_CASE) {
        acceptAll(step, worker);
      }
      return step.state().counts().waiting();
    }

    /** A count that covers its claims accepts them. */
    private void acceptAll(Step step, WorkerEntry worker) {
      Holdings held = step.state().holdings(workerId);
      if (held.activeCount() == 0 || heartbeat.activeCount() < held.activeCount()) {
        return;
      }
      for (String id : List.copyOf(held.active())) {
        SessionRecord session = step.indexed(id);
        if (session != null) {
          Ownership.accepted(step, worker, session.run().claimedAtMs());
        }
        if (session != null && session.awaitsAccept()) {
          step.store(session.accept());
        }
      }
    }
  }

  /** Looks a worker up. */
  public record FindWorker(String workerId, @Nullable String registeredBy)
      implements ReadOperation<Worker> {

    @Override
    public Worker run(Step step) {
      return show(step, step.knownWorker(workerId, registeredBy));
    }

    static Worker show(Questions step, WorkerEntry worker) {
      WorkerRecord record = worker.record();
      Pulse pulse = worker.pulse();
      Holdings held = step.state().holdings(record.id());
      return new Worker(
          record.registration(),
          pulse.activeCount(),
          List.copyOf(held.active()),
          record.registeredAtMs(),
          pulse.lastSeenMs(),
          pulse.silent(),
          record.drained(),
          record.noShows(),
          record.quarantinedUntilMs(),
          held.returns(),
          step.rules().maxReturns(),
          record.retired(),
          step.state().revoked(record.registration().registeredBy()),
          pulse.lastPollMs());
    }
  }

  /** The workers of an org by the time of their registration. */
  public record ListWorkers(@Nullable Cursor after, int limit)
      implements ReadOperation<ListWorkers.Answer> {

    /**
     * A page.
     *
     * @param next where to go on; null at the end
     */
    public record Answer(List<Worker> workers, @Nullable Cursor next) {}

    @Override
    public Answer run(Step step) {
      KeyedPage page = KeyedPage.up(step.state().workers().registered(), after, limit);
      List<Worker> workers = new ArrayList<>();
      for (String id : page.ids()) {
        WorkerEntry worker = step.state().worker(id);
        if (worker != null) {
          workers.add(FindWorker.show(step, worker));
        }
      }
      return new Answer(workers, page.next());
    }
  }

  /** An operator drains a worker, or undrains it. */
  public record Drain(String workerId, boolean drain, @Nullable AuditNote note)
      implements Operation<Worker> {

    @Override
    public Worker run(Step step) {
      WorkerEntry worker = step.knownWorker(workerId, null);
      WorkerRecord after = worker.record().drained(drain);
      if (!drain && !after.equals(after.trusted())) {
        after = after.trusted();
        step.judge(worker, step.now());
      }
      if (!after.equals(worker.record())) {
        step.apply(new Change.PutWorker(after));
        if (!drain) {
          step.news().slot(workerId);
        }
      }
      step.audit(note, AuditAct.drain(workerId, drain));
      return FindWorker.show(step, worker);
    }
  }

  /** Deletes a worker; its claims return. */
  public record Deregister(String workerId, @Nullable String registeredBy, @Nullable AuditNote note)
      implements Operation<Deregister.Answer> {

    /**
     * What became of its claims.
     *
     * @param returned ids of the sessions that left it for the queue, sorted by bytes
     */
    public record Answer(List<String> returned) {}

    @Override
    public Answer run(Step step) {
      step.worker(workerId, registeredBy);
      List<SessionRecord> claims = new ArrayList<>();
      for (String id : step.state().holdings(workerId).active()) {
        claims.add(step.session(id));
      }

      List<String> returned = new ArrayList<>();
      for (SessionRecord claim : claims) {
        if (claim.inGrace()) {
          Endings.release(step, claim, null);
        } else {
          step.event(claim.id(), Event.Kind.RETURNED, workerId, null);
          Endings.comeBack(step, claim, claim.giveUp(step.now()));
          returned.add(claim.id());
        }
      }
      step.removeWorker(workerId);
      AuditAct act = AuditAct.deregister(workerId).found(String.valueOf(returned.size()));
      step.audit(note, act);
      return new Answer(returned);
    }
  }

  /** Notes that a key was revoked; answers whether that is new. No change that anybody counts. */
  public record NoteRevoked(String keyId) implements Operation<Boolean> {

    @Override
    public Boolean run(Step step) {
      boolean before = step.state().revoked(keyId);
      if (!before) {
        step.applyQuietly(new Change.NoteRevoked(keyId));
      }
      return !before;
    }
  }
}
