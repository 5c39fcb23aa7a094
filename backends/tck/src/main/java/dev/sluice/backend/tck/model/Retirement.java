package dev.sluice.backend.tck.model;

/** How a worker gives way to a later one of its machine: docs/rules.md, "Retirement". */
final class Retirement {

  private Retirement() {}

  /** Whether a worker would take the place of another one. */
  static boolean makesWay(OrgState org, ModelWorker later) {
    return org.workers.stream().anyMatch(worker -> !worker.retired && worker.sameMachine(later));
  }

  /** Retires what registered before on the same machine with the same credential. */
  static void makeWay(OrgState org, ModelWorker later) {
    for (ModelWorker worker : org.workers) {
      if (worker != later && worker.sameMachine(later)) {
        worker.retired = true;
      }
    }
    deleteIdle(org);
  }

  /** A retired worker is gone with the last session it holds. */
  static void deleteIdle(OrgState org) {
    org.workers.removeIf(worker -> worker.retired && org.activeSet(worker).isEmpty());
  }
}
