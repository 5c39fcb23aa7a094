package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import dev.sluice.bench.Findings.Check;
import dev.sluice.bench.wire.ServerRefusedException;
import dev.sluice.bench.wire.WireAnswer;
import java.io.IOException;
import java.util.List;

/** Calls on one connection, not thread-safe. */
final class CheckedCalls {

  private final BenchLane lane;
  private final Findings findings;
  private final AnswerCheck check;

  CheckedCalls(BenchLane lane, Findings findings) {
    this.lane = lane;
    this.findings = findings;
    this.check = new AnswerCheck(findings);
  }

  /** The time covers the exchange, not the parsing and checking. */
  List<Item> poll(BenchWorker worker, Tally tally) throws IOException, InterruptedException {
    long repeatsBefore = lane.client().repeats();
    long start = System.nanoTime();
    WireAnswer raw = lane.client().poll(worker);
    long end = System.nanoTime();
    tally.latencies.add(end - start);
    if (lane.client().repeats() != repeatsBefore) {
      check.forgetOrder();
    }
    BenchPoll answer = BenchPoll.parse(raw.body());
    check.look(answer);
    if (answer.work().isEmpty()) {
      tally.emptyPolls++;
    } else {
      tally.claimed += answer.work().size();
      tally.lastClaim = end;
    }
    tally.tokensSeen = check.tokensSeen();
    return answer.work();
  }

  /** Untimed. Items come in the order of enqueues. */
  List<Item> await(BenchWorker worker, Tally tally) throws IOException, InterruptedException {
    WireAnswer raw = lane.client().await(worker);
    tally.lastClaim = System.nanoTime();
    BenchPoll answer = BenchPoll.parse(raw.body());
    check.forgetOrder();
    check.look(answer);
    return answer.work();
  }

  /** An item would mean that nothing is measured. */
  void emptyPoll(BenchWorker worker, Tally tally) throws IOException, InterruptedException {
    for (Item item : poll(worker, tally)) {
      findings.add(Check.FOREIGN, item.sessionId());
    }
  }

  void get(FleetClient client, String path, BenchWorker worker, Tally tally)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    client.get(path, worker);
    tally.latencies.add(System.nanoTime() - start);
  }

  void heartbeat(BenchWorker worker, Tally tally) throws IOException, InterruptedException {
    long start = System.nanoTime();
    lane.client().heartbeat(worker);
    tally.latencies.add(System.nanoTime() - start);
  }

  /** Untimed. */
  boolean report(BenchWorker worker, String sessionId, byte[] body)
      throws IOException, InterruptedException {
    WireAnswer answer = lane.client().report(worker, sessionId, body);
    if (!answer.ok()) {
      findings.add(Check.STATUS, ServerRefusedException.describe("status of " + sessionId, answer));
    }
    return answer.ok();
  }
}
