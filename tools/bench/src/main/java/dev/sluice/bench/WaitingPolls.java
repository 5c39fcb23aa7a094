package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import java.io.IOException;

/** Claimed items are completed before the next poll, untimed. */
final class WaitingPolls {

  private final BenchLanes lanes;
  private final OnceCheck once;
  private final Findings findings;

  WaitingPolls(BenchLanes lanes, OnceCheck once, Findings findings) {
    this.lanes = lanes;
    this.once = once;
    this.findings = findings;
  }

  Tally run(int polls) throws IOException, InterruptedException {
    return Tally.sum(
        lanes.run(
            lane -> {
              CheckedCalls calls = new CheckedCalls(lane, findings);
              Tally tally = new Tally();
              for (int i = lane.index(); i < polls && !lanes.failed(); i += lanes.size()) {
                BenchWorker worker = lane.next();
                for (Item item : calls.poll(worker, tally)) {
                  if (once.handedOut(item.sessionId())) {
                    calls.report(worker, item.sessionId(), worker.completed());
                  }
                }
              }
              return tally;
            }));
  }
}
