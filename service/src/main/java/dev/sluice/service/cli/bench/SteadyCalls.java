package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.bench.BenchPoll.Item;
import dev.sluice.service.cli.bench.Findings.Check;
import java.io.IOException;
import java.time.Duration;

final class SteadyCalls {

  private final BenchLanes lanes;
  private final Findings findings;
  private final BenchMode mode;

  SteadyCalls(BenchLanes lanes, Findings findings, BenchMode mode) {
    this.lanes = lanes;
    this.findings = findings;
    this.mode = mode;
  }

  Tally forDuration(Duration duration) throws IOException, InterruptedException {
    long nanos = duration.toNanos();
    long start = System.nanoTime();
    return Tally.sum(
        lanes.run(
            lane -> {
              CheckedCalls calls = new CheckedCalls(lane, findings);
              Tally tally = new Tally();
              while (System.nanoTime() - start < nanos && !lanes.failed()) {
                call(calls, lane.next(), tally);
              }
              return tally;
            }));
  }

  void times(int count) throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          CheckedCalls calls = new CheckedCalls(lane, findings);
          Tally uncounted = new Tally();
          for (int i = lane.index(); i < count && !lanes.failed(); i += lanes.size()) {
            call(calls, lane.next(), uncounted);
          }
          return lane;
        });
  }

  private void call(CheckedCalls calls, BenchWorker worker, Tally tally)
      throws IOException, InterruptedException {
    if (mode == BenchMode.HEARTBEATS) {
      calls.heartbeat(worker, tally);
      return;
    }
    for (Item item : calls.poll(worker, tally)) {
      findings.add(Check.FOREIGN, item.sessionId()); // the queue isn't empty: nothing is measured
    }
  }
}
