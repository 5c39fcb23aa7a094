package dev.sluice.service.cli.bench;

import java.io.IOException;
import java.util.List;

/** The workers of one measurement, registered before it and dismissed after it, neither timed. */
final class Fleet {

  private final Lanes lanes;
  private final BenchOptions options;
  private final String credential;

  Fleet(Lanes lanes, BenchOptions options, String credential) {
    this.lanes = lanes;
    this.options = options;
    this.credential = credential;
  }

  /**
   * Registers all workers and spreads them over the connections.
   *
   * @param capacity slots of each
   * @param projects what they take; empty: all
   */
  void muster(int capacity, List<String> projects) throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < options.workers(); i += lanes.size()) {
            lane.workers()
                .add(lane.client().register(credential, "bench-" + i, capacity, projects));
          }
          return lane;
        });
  }

  /**
   * Ends the sessions that the workers still hold and deregisters them: otherwise these sessions
   * would come back into the queue with the workers' leases, in the middle of somebody's next
   * measurement. Foreign ones aren't held: they go back to the queue with the deregistration.
   */
  void dismiss() throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          for (BenchWorker worker : lane.workers()) {
            for (String sessionId : worker.held()) {
              lane.client().report(worker, sessionId, worker.completed());
            }
            lane.client().deregister(worker);
          }
          lane.clear();
          return lane;
        });
  }
}
