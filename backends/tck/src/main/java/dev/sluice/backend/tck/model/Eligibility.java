package dev.sluice.backend.tck.model;

/** Who may take what, apart from its place: docs/rules.md, "What is kept of a session". */
final class Eligibility {

  private Eligibility() {}

  /** Whether a worker may take work at all. */
  static boolean available(OrgState org, ModelWorker worker) {
    return !worker.draining
        && !worker.drained
        && !worker.retired
        && worker.quarantinedUntil <= org.now
        && standingNacks(org, worker) < org.rules.maxReturns();
  }

  /** Whether a poll of it may bring work. */
  static boolean mayTake(OrgState org, ModelWorker worker) {
    return available(org, worker) && freeSlots(org, worker) > 0;
  }

  static int freeSlots(OrgState org, ModelWorker worker) {
    return worker.capacity - org.activeSet(worker).size();
  }

  /** Whether it takes work of that bucket. */
  static boolean takes(ModelWorker worker, ModelSession.Bucket bucket) {
    return worker.takesProject(bucket.project()) && worker.can(bucket.requiredCapabilities());
  }

  static long standingNacks(OrgState org, ModelWorker worker) {
    return org.sessions.stream().filter(session -> session.keptFrom(worker.id())).count();
  }
}
