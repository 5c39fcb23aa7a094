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

  private record Machine(String registeredBy, String id) {}

  public RankedSet registered() {
    return registered;
  }

  public RankedSet silent() {
    return silent;
  }

  /** Leaves out retired workers. */
  public @Nullable String presentOn(String registeredBy, String machineId) {
    return present.get(new Machine(registeredBy, machineId));
  }

  void add(WorkerEntry worker) {
    registered.add(worker.record().registeredAtMs(), worker.record().id());
    addLiveness(worker);
    Machine machine = machine(worker.record());
    if (machine != null && !worker.record().retired()) {
      present.put(machine, worker.record().id());
    }
  }

  void remove(WorkerEntry worker) {
    registered.remove(worker.record().registeredAtMs(), worker.record().id());
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
