package dev.sluice.backend.hazelcast.state;

/** The workers of an org in the orders that lists and retention need. */
public final class WorkerIndex {

  private final RankedSet registered = new RankedSet();
  private final RankedSet silent = new RankedSet();

  /** All of them by the time of their registration. */
  public RankedSet registered() {
    return registered;
  }

  /** Those whose lease has run out, by their last sign of life. */
  public RankedSet silent() {
    return silent;
  }

  void add(WorkerEntry worker) {
    registered.add(worker.record().registeredAtMs(), worker.record().id());
    addPulse(worker);
  }

  void remove(WorkerEntry worker) {
    registered.remove(worker.record().registeredAtMs(), worker.record().id());
    removePulse(worker);
  }

  void addPulse(WorkerEntry worker) {
    if (worker.pulse().silent()) {
      silent.add(worker.pulse().lastSeenMs(), worker.record().id());
    }
  }

  void removePulse(WorkerEntry worker) {
    if (worker.pulse().silent()) {
      silent.remove(worker.pulse().lastSeenMs(), worker.record().id());
    }
  }
}
