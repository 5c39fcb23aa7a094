package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.wire.PollReply.Item;
import java.io.IOException;

/**
 * Single polls while many items wait. What a poll claims is completed before the next one, untimed,
 * so that workers hold as little as they would in real life.
 */
final class WaitingPolls {

  private final Lanes lanes;
  private final OnceCheck once;
  private final Findings findings;

  WaitingPolls(Lanes lanes, OnceCheck once, Findings findings) {
    this.lanes = lanes;
    this.once = once;
    this.findings = findings;
  }

  /** Polls that often in all. */
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
