package dev.sluice.bench;

import java.io.IOException;
import java.util.List;

/** The workers of one measurement. Registration and deregistration are not timed. */
final class BenchFleet {

  private final BenchLanes lanes;
  private final BenchOptions options;
  private final String credential;

  BenchFleet(BenchLanes lanes, BenchOptions options, String credential) {
    this.lanes = lanes;
    this.options = options;
    this.credential = credential;
  }

  void muster(int capacity, List<String> projects) throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < options.workers(); i += lanes.size()) {
            lane.workers().add(register(lane, i, capacity, projects));
          }
          return lane;
        });
  }

  private BenchWorker register(BenchLane lane, int i, int capacity, List<String> projects)
      throws IOException, InterruptedException {
    String hostname = "bench-" + i;
    return options.stock()
        ? lane.client()
            .register(credential, StockDialect.of(i).registration(hostname, capacity, projects))
        : lane.client().register(credential, hostname, capacity, projects);
  }

  /**
   * Completes the claimed sessions and deregisters the workers; otherwise the sessions would return
   * to the queue during the next measurement, as those of other tools do.
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
