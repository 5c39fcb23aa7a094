package dev.sluice.backend.tck.model;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Place;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import java.util.ArrayList;
import java.util.List;

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
          ModelWorker worker =
              state
                  .findWorker(registration.workerId())
                  .orElseGet(
                      () -> {
                        ModelWorker fresh = new ModelWorker(registration, state.now);
                        state.workers.add(fresh);
                        return fresh;
                      });
          state.change();
          state.signOfLife(worker);
          return view(state, worker);
        });
  }

  @Override
  public Decided<Long> heartbeat(WorkerRef ref, Heartbeat heartbeat) {
    return store.turn(
        ref.org(),
        state -> {
          ModelWorker worker = worker(state, ref);
          state.change();
          state.signOfLife(worker);
          worker.activeCount = heartbeat.activeCount();
          if (heartbeat.capacity() != null) {
            worker.capacity = heartbeat.capacity();
          }
          if (heartbeat.draining() != null) {
            worker.draining = heartbeat.draining();
          }
          List<ModelSession> active = state.activeSet(worker);
          if (worker.dialect() == Dialect.SNAKE_CASE && worker.activeCount >= active.size()) {
            active.stream().filter(session -> !session.damaged).forEach(state::accept);
          }
          return state.waiting();
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
    return store.turn(ref.org(), state -> view(state, worker(state, ref)));
  }

  @Override
  public Decided<List<String>> deregister(WorkerRef ref) {
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
              state.release(session);
            } else {
              state.giveBack(session, Place.READY);
              returned.add(session.id());
            }
          }
          state.workers.remove(worker);
          return List.copyOf(returned);
        });
  }

  private static ModelWorker worker(OrgState org, WorkerRef ref) {
    return org.worker(ref.workerId(), ref.registeredBy());
  }

  private static Worker view(OrgState org, ModelWorker worker) {
    return worker.view(org.activeSet(worker).stream().map(ModelSession::id).toList());
  }
}
