package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.workers.Registration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class WorkerIndex {

  private final RankedSet registered = new RankedSet();
  private final RankedSet silent = new RankedSet();
  private final Map<Machine, String> present = new HashMap<>();
  private final Map<String, Integer> byCredential = new HashMap<>();

  private record Machine(String registeredBy, String id) {}

  public RankedSet registered() {
    return registered;
  }

  public RankedSet silent() {
    return silent;
  }

  /** Returns how many workers a credential has registered. */
  public int registeredBy(String credential) {
    return byCredential.getOrDefault(credential, 0);
  }

  /** Leaves out retired workers. */
  public @Nullable String presentOn(String registeredBy, String machineId) {
    return present.get(new Machine(registeredBy, machineId));
  }

  /** Returns the worker that has replaced another one; null for none. */
  public @Nullable String successorOf(WorkerRecord worker) {
    Machine machine = worker.retired() ? machine(worker) : null;
    return machine == null ? null : present.get(machine);
  }

  void add(WorkerEntry worker) {
    registered.add(worker.record().registeredAtMs(), worker.record().id());
    byCredential.merge(worker.record().registration().registeredBy(), 1, Integer::sum);
    addLiveness(worker);
    Machine machine = machine(worker.record());
    if (machine != null && !worker.record().retired()) {
      present.put(machine, worker.record().id());
    }
  }

  void remove(WorkerEntry worker) {
    registered.remove(worker.record().registeredAtMs(), worker.record().id());
    byCredential.computeIfPresent(
        worker.record().registration().registeredBy(),
        (id, count) -> count == 1 ? null : count - 1);
    removeLiveness(worker);
    Machine machine = machine(worker.record());
    if (machine != null) {
      present.remove(machine, worker.record().id());
    }
  }

  private static @Nullable Machine machine(WorkerRecord worker) {
    Registration registration = worker.registration();
    String id = registration.machineId();
    return id == null ? null : new Machine(registration.registeredBy(), id);
  }

  void addLiveness(WorkerEntry worker) {
    if (worker.liveness().silent()) {
      silent.add(worker.liveness().lastSeenMs(), worker.record().id());
    }
  }

  void removeLiveness(WorkerEntry worker) {
    if (worker.liveness().silent()) {
      silent.remove(worker.liveness().lastSeenMs(), worker.record().id());
    }
  }
}
