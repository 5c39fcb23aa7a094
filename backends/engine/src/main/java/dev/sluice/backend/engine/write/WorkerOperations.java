package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Holdings;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.WorkerClaims;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerIndex;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

public final class WorkerOperations {

  private WorkerOperations() {}

  /**
   * Registers a worker, or renews a known one's lease. Replaces an earlier worker of its machine,
   * at once or with its last claim.
   */
  public record Register(Registration registration) implements WriteOperation<Worker> {

    @Override
    public Worker run(WriteStep step) {
      String id = registration.workerId();
      WorkerEntry known = step.state().worker(id);
      if (step.state().revoked(registration.registeredBy())
          || (known != null
              && step.state().revoked(known.record().registration().registeredBy()))) {
        throw step.refusal(Refusal.REVOKED, registration.workerId());
      }
      if (known == null) {
        makeRoom(step);
        Holdings holdings = holdings(earlier(step));
        retireBefore(step);
        step.apply(
            new Change.PutWorker(
                new WorkerRecord(registration, step.now()).withHoldings(holdings)));
      }
      WorkerEntry worker = Objects.requireNonNull(step.state().worker(id));
      step.signOfLife(worker);
      return FindWorker.show(step, worker);
    }

    private void makeRoom(WriteStep step) {
      WorkerIndex workers = step.state().workers();
      Rules.Bounds bounds = step.rules().bounds();
      String givesWay = null;
      if (earlier(step) == null) {
        if (workers.registeredBy(registration.registeredBy()) >= bounds.workersOfAKey()) {
          throw step.refusal(Refusal.TOO_MANY_WORKERS, "");
        }
        if (workers.registered().size() >= bounds.maxWorkers()) {
          givesWay = leastMissed(step);
          if (givesWay == null) {
            throw step.refusal(Refusal.TOO_MANY_WORKERS, "");
          }
        }
      }
      step.requireBytes(StoredBytes.of(registration));
      if (givesWay != null) {
        step.removeWorker(givesWay);
      }
    }

    /**
     * Returns the worker that makes room: the first that never polled of the longest silent ones
     * without claims, else the first of these; null for none.
     */
    private static @Nullable String leastMissed(WriteStep step) {
      List<String> silent = new ArrayList<>();
      step.state()
          .workers()
          .silent()
          .visit(
              (seenMs, id) -> {
                silent.add(id);
                return silent.size() < Rules.Bounds.ROOM_LOOKS;
              });
      silent.removeIf(id -> step.state().workerClaims(id).activeCount() != 0);
      return silent.stream()
          .filter(id -> neverPolled(step.state().worker(id)))
          .findFirst()
          .orElse(silent.isEmpty() ? null : silent.get(0));
    }

    private static boolean neverPolled(@Nullable WorkerEntry worker) {
      return worker != null && worker.liveness().lastPollMs() == 0;
    }

    private @Nullable WorkerEntry earlier(WriteStep step) {
      String machine = registration.machineId();
      String earlier =
          machine == null
              ? null
              : step.state().workers().presentOn(registration.registeredBy(), machine);
      return earlier == null ? null : step.state().worker(earlier);
    }

    private static Holdings holdings(@Nullable WorkerEntry earlier) {
      return earlier == null
          ? Holdings.NONE
          : earlier.record().holdings().replacedBy(earlier.record().id());
    }

    private void retireBefore(WriteStep step) {
      WorkerEntry worker = earlier(step);
      if (worker == null) {
        return;
      }
      if (step.state().workerClaims(worker.record().id()).activeCount() == 0) {
        step.removeWorker(worker.record().id());
      } else {
        step.hints().slot(worker.record().id());
        step.apply(new Change.PutWorker(worker.record().withRetired(true)));
      }
    }
  }

  public record NoteHeartbeat(String workerId, @Nullable String registeredBy, Heartbeat heartbeat)
      implements WriteOperation<NoteHeartbeat.Answer> {

    /**
     * @param verdicts on the listed sessions, in their order
     * @param dialect null from a node of an older release
     */
    public record Answer(
        long waiting,
        List<HeartbeatResult.Verdict> verdicts,
        @Nullable Dialect dialect,
        boolean drained) {}

    @Override
    public Answer run(WriteStep step) {
      WorkerEntry worker = step.worker(workerId, registeredBy);
      step.apply(
          new Change.PutLiveness(
              workerId,
              worker
                  .liveness()
                  .seen(step.now(), step.rules().leaseMs())
                  .withActiveCount(heartbeat.activeCount())));
      WorkerRecord before = worker.record();
      WorkerRecord said = before.with(heartbeat);
      if (said != before) {
        step.apply(new Change.PutWorker(said));
        if (takesMoreOrDrains(before, said)) {
          step.hints().slot(workerId);
        }
      }
      if (said.registration().dialect() == Dialect.SNAKE_CASE) {
        acceptAll(step, worker);
      }
      List<String> held = heartbeat.held();
      List<HeartbeatResult.Verdict> verdicts = List.of();
      if (held != null) {
        verdicts = new HeldSessions(step, worker).settle(held);
      } else if (heartbeat.counted()) {
        new HeldSessions(step, worker).count(heartbeat.activeCount());
      }
      return new Answer(
          step.state().counts().waiting(), verdicts, said.registration().dialect(), said.drained());
    }

    private static boolean takesMoreOrDrains(WorkerRecord before, WorkerRecord after) {
      Registration then = before.registration();
      Registration now = after.registration();
      return after.slots() > before.slots()
          || then.draining() != now.draining()
          || now.projects().takesMore(then.projects())
          || Repositories.takeMore(now.repositories(), then.repositories());
    }

    private void acceptAll(WriteStep step, WorkerEntry worker) {
      WorkerClaims held = step.state().workerClaims(workerId);
      if (held.activeCount() == 0 || heartbeat.activeCount() < held.activeCount()) {
        return;
      }
      for (String id : held.active()) {
        SessionRecord session = step.indexed(id);
        if (session != null) {
          Ownership.accepted(step, worker, session.claim().claimedAtMs());
        }
        if (session != null && session.awaitsAccept()) {
          step.store(session.accept());
        }
      }
    }
  }

  public record Drain(String workerId, boolean drain, @Nullable AuditNote note)
      implements WriteOperation<Worker> {

    @Override
    public Worker run(WriteStep step) {
      WorkerEntry worker = step.knownWorker(workerId, null);
      WorkerRecord after = worker.record().withDrained(drain);
      if (!drain && !after.equals(after.trusted())) {
        after = after.trusted();
        step.settleClaims(worker, step.now());
      }
      if (!after.equals(worker.record())) {
        step.apply(new Change.PutWorker(after));
        step.hints().slot(workerId);
      }
      step.audit(note, AuditAct.drain(workerId, drain));
      return FindWorker.show(step, worker);
    }
  }

  /** An empty one removes it. */
  public record SetNote(String workerId, String text, AuditNote note)
      implements WriteOperation<Worker> {

    @Override
    public Worker run(WriteStep step) {
      WorkerEntry worker = step.knownWorker(workerId, null);
      WorkerRecord after = worker.record().withNote(text.isEmpty() ? null : text);
      if (!after.equals(worker.record())) {
        step.apply(new Change.PutWorker(after));
      }
      step.audit(note, AuditAct.setNote(workerId, text));
      return FindWorker.show(step, worker);
    }
  }

  /**
   * @param untilMs epoch ms; 0 ends the protection
   */
  public record Protect(String workerId, long untilMs, AuditNote note)
      implements WriteOperation<Worker> {

    @Override
    public Worker run(WriteStep step) {
      WorkerEntry worker = step.knownWorker(workerId, null);
      WorkerRecord after = worker.record().withProtectedUntilMs(untilMs);
      if (!after.equals(worker.record())) {
        step.apply(new Change.PutWorker(after));
      }
      step.audit(note, AuditAct.protect(workerId, untilMs));
      return FindWorker.show(step, worker);
    }
  }

  public record Deregister(String workerId, @Nullable String registeredBy, @Nullable AuditNote note)
      implements WriteOperation<Deregister.Answer> {

    /**
     * @param returned sorted by bytes
     */
    public record Answer(List<String> returned) {}

    @Override
    public Answer run(WriteStep step) {
      step.worker(workerId, registeredBy);
      List<SessionRecord> claims = new ArrayList<>();
      for (String id : step.state().workerClaims(workerId).active()) {
        claims.add(step.session(id));
      }

      List<String> returned = new ArrayList<>();
      for (SessionRecord claim : claims) {
        if (claim.inGrace()) {
          Endings.release(step, claim, null);
        } else {
          step.event(claim.id(), Event.Kind.RETURNED, workerId, null);
          Endings.requeue(step, claim, claim.giveUp(step.now()));
          returned.add(claim.id());
        }
      }
      step.removeWorker(workerId);
      AuditAct act = AuditAct.deregister(workerId).found(String.valueOf(returned.size()));
      step.audit(note, act);
      return new Answer(returned);
    }
  }

  /** Tells that a key was minted. Takes no sequence number. */
  public record NoteKey(String keyId) implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      step.events().key(EventType.KEY_CREATED, keyId);
      return true;
    }
  }

  /** Answers true if new. Takes no sequence number. */
  public record NoteRevoked(String keyId) implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      boolean before = step.state().revoked(keyId);
      if (!before) {
        step.applyInternal(new Change.NoteRevoked(keyId));
        step.events().key(EventType.KEY_REVOKED, keyId);
      }
      return !before;
    }
  }
}
