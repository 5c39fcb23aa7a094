package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Page;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Registration;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker's life from its registration to its deletion. */
final class ModelWorkers implements Workers {

  private final ModelStore store;

  ModelWorkers(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<Worker> register(String org, Registration registration) {
    return store.turn(
        org,
        state -> {
          Optional<ModelWorker> known = state.findWorker(registration.workerId());
          if (state.revoked.contains(registration.registeredBy())
              || known.filter(state::revoked).isPresent()) {
            throw state.refusal(Refusal.REVOKED, registration.workerId());
          }
          ModelWorker worker = known.orElseGet(() -> new ModelWorker(registration, state.now));
          if (known.isEmpty()) {
            if (state.workers.size() >= state.rules.bounds().maxWorkers()
                && !Retirement.makesWay(state, worker)) {
              throw state.refusal(Refusal.TOO_MANY_WORKERS, "");
            }
            state.requireBytes(StoredBytes.of(registration));
            state.workers.add(worker);
            Retirement.makeWay(state, worker);
          }
          state.signOfLife(worker);
          return state.view(worker);
        });
  }

  @Override
  public Decided<Long> heartbeat(WorkerRef ref, Heartbeat heartbeat) {
    return store.turn(
        ref.org(),
        state -> {
          ModelWorker worker = worker(state, ref);
          state.signOfLife(worker);
          worker.activeCount = heartbeat.activeCount();
          if (heartbeat.capacity() != null) {
            worker.capacity = heartbeat.capacity();
          }
          if (heartbeat.draining() != null) {
            worker.draining = heartbeat.draining();
          }
          List<ModelSession> active = state.activeSet(worker);
          if (worker.dialect == Dialect.SNAKE_CASE && worker.activeCount >= active.size()) {
            active.stream()
                .filter(session -> !session.damaged)
                .forEach(session -> Claiming.accept(session, worker));
          }
          return state.counts().waiting();
        });
  }

  @Override
  public Decided<PollResult> poll(PollRequest request) {
    return store.turn(
        request.worker().org(),
        state -> ModelPoll.poll(state, worker(state, request.worker()), request));
  }

  @Override
  public Decided<Worker> find(WorkerRef ref) {
    return store.turn(
        ref.org(),
        state ->
            state
                .findWorker(ref.workerId())
                .filter(worker -> worker.knownTo(ref.registeredBy()))
                .map(state::view)
                .orElseThrow(() -> state.unknownWorker(ref.workerId())));
  }

  @Override
  public Decided<Page<Worker>> list(String org, @Nullable Cursor cursor, int limit) {
    return store.turn(
        org,
        state ->
            Pages.shown(
                Pages.page(
                    state.workers,
                    worker -> new Cursor(worker.registeredAt, worker.id()),
                    Pages.ASCENDING,
                    cursor,
                    limit),
                state::view));
  }

  @Override
  public Decided<Worker> drain(
      String org, String workerId, boolean drain, @Nullable AuditNote note) {
    return store.turn(
        org,
        state -> {
          ModelWorker worker =
              state.findWorker(workerId).orElseThrow(() -> state.unknownWorker(workerId));
          boolean lifts = !drain && (worker.quarantinedUntil != 0 || worker.noShows != 0);
          if (worker.drained != drain || lifts) {
            state.change();
            worker.drained = drain;
          }
          if (lifts) {
            worker.quarantinedUntil = 0;
            worker.noShows = 0;
            worker.quarantines = 0;
            worker.judgedUntil = state.now;
          }
          state.audit(note, AuditAct.drain(workerId, drain));
          return state.view(worker);
        });
  }

  @Override
  public Decided<List<String>> deregister(WorkerRef ref, @Nullable AuditNote note) {
    return store.turn(
        ref.org(),
        state -> {
          ModelWorker worker = worker(state, ref);
          List<ModelSession> active = state.activeSet(worker);
          active.forEach(state::readable);

          state.change();
          List<String> returned = new ArrayList<>();
          for (ModelSession session : active) {
            if (session.inStopGrace()) {
              Ending.release(state, session, null);
            } else {
              ComingBack.comeBack(state, session, ComingBack.Way.DEREGISTRATION);
              returned.add(session.id());
            }
          }
          state.workers.remove(worker);
          state.audit(
              note, AuditAct.deregister(worker.id()).found(String.valueOf(returned.size())));
          return List.copyOf(returned);
        });
  }

  private static ModelWorker worker(OrgState org, WorkerRef ref) {
    return org.worker(ref.workerId(), ref.registeredBy());
  }
}
